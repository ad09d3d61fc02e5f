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
 * @param frequencies Coefficients are made of frequencies below this one, along both axes; the others hold nothing.
 */
export function transformBlock(block: Float32Array, frequencies = blockSide): void {
  for (let row = 0; row < 64; row += 8) transformLine(block, row, 1, frequencies);
  for (let column = 0; column < frequencies; column++) transformLine(block, column, 8, frequencies);
}

/** Even frequencies see only the mirrored sums, odd ones only the differences: half the products. */
function transformLine(block: Float32Array, start: number, step: number, end: number): void {
  const a = block[start]!;
  const b = block[start + step]!;
  const c = block[start + 2 * step]!;
  const d = block[start + 3 * step]!;
  const e = block[start + 4 * step]!;
  const f = block[start + 5 * step]!;
  const g = block[start + 6 * step]!;
  const h = block[start + 7 * step]!;
  const [ah, bg, cf, de] = [a + h, b + g, c + f, d + e];
  for (let frequency = 0; frequency < end; frequency += 2)
    block[start + frequency * step] = weigh(frequency, ah, bg, cf, de);
  const [aMinusH, bMinusG, cMinusF, dMinusE] = [a - h, b - g, c - f, d - e];
  for (let frequency = 1; frequency < end; frequency += 2)
    block[start + frequency * step] = weigh(frequency, aMinusH, bMinusG, cMinusF, dMinusE);
}

function weigh(frequency: number, a: number, b: number, c: number, d: number): number {
  const at = frequency * 8;
  return basis[at]! * a + basis[at + 1]! * b + basis[at + 2]! * c + basis[at + 3]! * d;
}
