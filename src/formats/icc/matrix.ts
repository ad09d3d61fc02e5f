/** Three numbers: a colour's, or a row's. */
export type Triple = readonly [number, number, number];

/** Three rows. */
export type Matrix = readonly [Triple, Triple, Triple];

type Index = 0 | 1 | 2;

/**
 * Makes three.
 *
 * @param make Makes the one of a number.
 * @returns Them.
 */
export const triple = <T>(make: (i: Index) => T): readonly [T, T, T] => [make(0), make(1), make(2)];

/**
 * A matrix times a column.
 *
 * @param matrix The matrix.
 * @param column Three numbers.
 * @returns Three others.
 */
export const apply = (matrix: Matrix, column: Triple): Triple =>
  triple((i) => matrix[i][0] * column[0] + matrix[i][1] * column[1] + matrix[i][2] * column[2]);

/**
 * A matrix with its columns for rows.
 *
 * @param matrix The matrix.
 * @returns Another.
 */
export const transpose = (matrix: Matrix): Matrix => triple((y) => triple((x) => matrix[x][y]));

/**
 * A matrix times another.
 *
 * @param a What is done last.
 * @param b What is done first.
 * @returns Both in one.
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = transpose(b);
  return transpose(triple((i) => apply(a, columns[i])));
}

/**
 * The matrix that undoes one.
 *
 * @param matrix The matrix.
 * @returns Its inverse; null where it has none.
 */
export function invert(matrix: Matrix): Matrix | null {
  const [[a, b, c], [d, e, f], [g, h, i]] = matrix;
  const [x, y, z] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * x + b * y + c * z;
  if (!(Math.abs(determinant) > 1e-9)) return null;
  const rows: Matrix = [
    [x, c * h - b * i, b * f - c * e],
    [y, a * i - c * g, c * d - a * f],
    [z, b * g - a * h, a * e - b * d],
  ];
  return triple((k) => triple((l) => rows[k][l] / determinant));
}
