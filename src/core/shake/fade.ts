/**
 * Weights along an axis that rise from 0 to 1 and fall again, as a squared sine.
 *
 * @param length Number of weights.
 * @param margin Over how many of them they rise, and fall; above 0.
 * @param from Where they begin to rise; 0 before.
 * @param to Where they have fallen; 0 from there on.
 * @returns The weights, 0..1.
 */
export function rampOf(length: number, margin: number, from = 0, to = length): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const depth = Math.max(0, Math.min(i - from, to - 1 - i) + 0.5);
    return Math.sin((Math.PI / 2) * Math.min(depth / margin, 1)) ** 2;
  });
}

/**
 * Fades a picture into its mean, in place: the Fourier transform, to which it repeats without end,
 * then sees no jump at its border.
 *
 * @param picture `[rows * columns]`.
 * @param columns What is left of each column, 0..1; the mean is that of what is left at all.
 * @param rows What is left of each row, 0..1.
 */
export function fade(picture: Float32Array, columns: Float32Array, rows: Float32Array): void {
  const width = columns.length;
  let [sum, count] = [0, 0];
  for (let y = 0, i = 0; y < rows.length; y++)
    for (let x = 0; x < width; x++, i++)
      if (rows[y]! * columns[x]! > 0) {
        sum += picture[i]!;
        count++;
      }
  const mean = sum / count;
  for (let y = 0, i = 0; y < rows.length; y++)
    for (let x = 0; x < width; x++, i++)
      picture[i] = mean + (picture[i]! - mean) * rows[y]! * columns[x]!;
}
