import type { Plane } from '../picture/plane';

/**
 * The mean of the square window round each pixel, as far as it lies inside.
 *
 * @param plane Only read.
 * @param reach Pixels each way.
 * @returns `[width * height]`, row by row; owns its buffer.
 */
export function meanAround(
  { width, height, values }: Plane,
  reach: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const [a, b] = [Math.max(0, x - reach), Math.min(width - 1, x + reach)];
      let sum = 0;
      for (let k = at - x + a; k <= at - x + b; k++) sum += values[k]!;
      rows[at] = sum / (b - a + 1);
    }
  for (let y = 0, at = 0; y < height; y++) {
    const [a, b] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    for (let x = 0; x < width; x++, at++) {
      let sum = 0;
      for (let k = a; k <= b; k++) sum += rows[k * width + x]!;
      out[at] = sum / (b - a + 1);
    }
  }
  return out;
}
