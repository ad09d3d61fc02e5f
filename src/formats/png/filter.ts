/**
 * Chooses and applies the filter of a row. Source: W3C PNG (third edition), 9.2 and 12.7: of the five, the one
 * whose bytes, taken as signed, have the smallest sum of magnitudes.
 *
 * @param row The row's bytes.
 * @param above The row's above it; zeros for the first.
 * @param step Bytes from a sample to the same one of the next pixel: 1..8.
 * @param out Where the filter's number and the filtered bytes go.
 * @param at Where in it.
 */
export function filterRow(
  row: Uint8Array,
  above: Uint8Array,
  step: number,
  out: Uint8Array,
  at: number,
): void {
  const type = choose(row, above, step);
  out[at] = type;
  apply[type]!(row, above, step, out, at + 1);
}

function choose(row: Uint8Array, above: Uint8Array, step: number): number {
  let [none, sub, up, average, paeth] = [0, 0, 0, 0, 0];
  for (let i = 0; i < row.length; i++) {
    const value = row[i]!;
    const left = i < step ? 0 : row[i - step]!;
    const over = above[i]!;
    const corner = i < step ? 0 : above[i - step]!;
    none += magnitude(value);
    sub += magnitude(value - left);
    up += magnitude(value - over);
    average += magnitude(value - ((left + over) >> 1));
    paeth += magnitude(value - predict(left, over, corner));
  }
  let best = 0;
  const sums = [none, sub, up, average, paeth];
  for (let type = 1; type < sums.length; type++) if (sums[type]! < sums[best]!) best = type;
  return best;
}

function magnitude(difference: number): number {
  const byte = difference & 0xff;
  return byte < 128 ? byte : 256 - byte;
}

/** Paeth's predictor: of the three neighbours the one nearest to left + over - corner. */
function predict(left: number, over: number, corner: number): number {
  const toLeft = Math.abs(over - corner);
  const toOver = Math.abs(left - corner);
  const toCorner = Math.abs(left + over - 2 * corner);
  if (toLeft <= toOver && toLeft <= toCorner) return left;
  return toOver <= toCorner ? over : corner;
}

type Apply = (
  row: Uint8Array,
  above: Uint8Array,
  step: number,
  out: Uint8Array,
  at: number,
) => void;

/** By a filter's number; the arrays keep the lowest eight bits. */
const apply: readonly Apply[] = [
  (row, _above, _step, out, at) => out.set(row, at),
  (row, _above, step, out, at) => {
    for (let i = 0; i < row.length; i++) out[at + i] = row[i]! - (i < step ? 0 : row[i - step]!);
  },
  (row, above, _step, out, at) => {
    for (let i = 0; i < row.length; i++) out[at + i] = row[i]! - above[i]!;
  },
  (row, above, step, out, at) => {
    for (let i = 0; i < row.length; i++)
      out[at + i] = row[i]! - (((i < step ? 0 : row[i - step]!) + above[i]!) >> 1);
  },
  (row, above, step, out, at) => {
    for (let i = 0; i < row.length; i++) {
      const [left, corner] = i < step ? [0, 0] : [row[i - step]!, above[i - step]!];
      out[at + i] = row[i]! - predict(left, above[i]!, corner);
    }
  },
];
