/** Samples along one side of a block. */
export const blockSide = 8;

/** The orthonormal type-II basis, `[frequency * 8 + sample]`. */
const basis = Float32Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / 16);
});

/**
 * The orthonormal two-dimensional DCT of one block of 8 x 8 samples, as in JPEG (ITU-T T.81, A.3.3):
 * white noise of one sigma has that sigma in every coefficient. A NaN spoils the whole block.
 *
 * @param block 64 samples, rows top to bottom; changed in place to `[8 * vertical + horizontal]`.
 */
export function transformBlock(block: Float32Array): void {
  for (let row = 0; row < 64; row += 8) transformLine(block, row, 1);
  for (let column = 0; column < 8; column++) transformLine(block, column, 8);
}

/** Even frequencies see only the mirrored sums, odd ones only the differences: half the products. */
function transformLine(block: Float32Array, start: number, step: number): void {
  const a = block[start]!;
  const b = block[start + step]!;
  const c = block[start + 2 * step]!;
  const d = block[start + 3 * step]!;
  const e = block[start + 4 * step]!;
  const f = block[start + 5 * step]!;
  const g = block[start + 6 * step]!;
  const h = block[start + 7 * step]!;
  for (let frequency = 0; frequency < 8; frequency++) {
    const at = frequency * 8;
    const sign = frequency & 1 ? -1 : 1;
    block[start + frequency * step] =
      basis[at]! * (a + sign * h) +
      basis[at + 1]! * (b + sign * g) +
      basis[at + 2]! * (c + sign * f) +
      basis[at + 3]! * (d + sign * e);
  }
}
