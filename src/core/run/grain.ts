/** Grain is laid out in this part of a pixel, so that its places are whole numbers on every machine. */
export const grainUnits = 16;

/** What the sum of two even distributions is multiplied with for a standard deviation of 1. */
export const grainDeviation = Math.sqrt(6);

/** The pattern of a grain. */
export type GrainPattern = {
  /** Width of a grain in {@link grainUnits} of a pixel; whole, at least a pixel. */
  readonly spacing: number;
  /** Whole, 0..2^32-1. */
  readonly seed: number;
};

/**
 * A well mixed 32-bit number of another: the permuted congruential generator PCG-RXS-M-XS 32 as a hash
 * (O'Neill 2014; Jarzynski & Olano 2020). The shader has the same.
 *
 * @param value Whole; its low 32 bits count.
 * @returns Whole, 0..2^32-1.
 */
export function hash(value: number): number {
  const state = Math.imul(value, 747796405) + 2891336453;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
  return ((word >>> 22) ^ word) >>> 0;
}

/** A hash as noise: triangular, mean 0, standard deviation 1. */
function noiseOf(bits: number): number {
  return (((bits & 0xffff) + (bits >>> 16) - 0xffff) / 0xffff) * grainDeviation;
}

/**
 * One row of grain: noise on a lattice of the pattern's spacing, interpolated between its points and
 * scaled there, so that it has mean 0 and standard deviation 1 everywhere. It is a function of the place
 * in the result alone.
 *
 * @param pattern The pattern.
 * @param columns `[width]`: where each pixel lies in the result, from 0.
 * @param row The row in the result, from 0.
 * @param out `[width]`: filled.
 */
export function grainRow(
  { spacing, seed }: GrainPattern,
  columns: Int32Array,
  row: number,
  out: Float64Array,
): void {
  const down = row * grainUnits;
  const cellY = Math.floor(down / spacing);
  const shareY = (down % spacing) / spacing;
  const start = hash(seed);
  const upper = hash(cellY + start);
  const lower = hash(cellY + 1 + start);
  for (let i = 0; i < out.length; i++) {
    const across = columns[i]! * grainUnits;
    const cellX = Math.floor(across / spacing);
    const shareX = (across % spacing) / spacing;
    if (shareX === 0 && shareY === 0) {
      out[i] = noiseOf(hash(cellX + upper));
      continue;
    }
    const left =
      (1 - shareY) * noiseOf(hash(cellX + upper)) + shareY * noiseOf(hash(cellX + lower));
    const next = cellX + 1;
    const right = (1 - shareY) * noiseOf(hash(next + upper)) + shareY * noiseOf(hash(next + lower));
    out[i] =
      ((1 - shareX) * left + shareX * right) / Math.sqrt(evenness(shareX) * evenness(shareY));
  }
}

/** Sum of the squares of two weights whose sum is 1. */
function evenness(share: number): number {
  return share * share + (1 - share) * (1 - share);
}
