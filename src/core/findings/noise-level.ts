import { blockSide, transformBlock } from './dct';
import type { Window } from './sample';

/** What one block holds: mean squares of its coefficients over R, G and B, and how much is clipped. */
type BlockEnergy = {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Values at 0 or 255, of 192. */
  readonly clipped: number;
};

/**
 * Coefficients by the sum of their frequencies: up to 3 a block's shading and texture, from 7 on
 * little but noise. DC is in none.
 */
const bands = { low: listBand(1, 3), mid: listBand(4, 6), high: listBand(7, 14) };

/** Below so many blocks (a picture of about 36 x 36) texture cannot be told from noise. */
const leastBlocks = 64;

/** What a core transforms in about 30 ms; twice as many are no more accurate. */
const mostBlocks = 8000;

/** The flattest of the blocks are measured; on dev photos more of them let more texture in. */
const flatShare = 0.02;
const leastFlat = 32;

/** Clipped values make noise look weak: at most this many of 192, less strict where that is rare. */
const clippedLimits = [2, 19, 192];
const leastShare = 0.05;

/** A photo has no block of one colour, unless clipped; a drawing, screenshot or blank has many. */
const mostBlank = 0.1;

/**
 * The lower quartile keeps texture out. For white noise it lies below the sigma by these factors:
 * the quartile of chi-square with 108 and 54 degrees of freedom, as measured on noisy dev photos.
 */
const quartileFactors = { high: 0.955, mid: 0.94 };

/** Variance that rounding to 8 bit adds. */
const roundingVariance = 1 / 12;

/**
 * How far the middle band may speak for noise when the high band does not: JPEG at quality 75 leaves
 * an eighth of a sigma of 10 in the high band, but flat texture has nothing there at all.
 */
const compressedTrust = { base: 2.5, perHigh: 3 };

/**
 * The standard deviation of a photo's noise, from the high DCT frequencies of its flattest blocks,
 * flatness being judged by the low ones, which noise fills independently (Ponomarenko et al.,
 * "An automatic approach to lossy compression of AVIRIS images", IGARSS 2007).
 *
 * Measured on the dev photos: of sigma 5, 10, 15, 25, 50, within 20 % (or 1) are 93, 97, 100, 99, 99 %;
 * the clean ones read below 3 in 93 %, below 4 in 96 %, and after JPEG at 75 below 3 in 89 %.
 *
 * @param windows What was sampled of the photo.
 * @param compressed Whether JPEG took the high frequencies: then the middle ones count too.
 * @returns Sigma in 8-bit levels of R, G and B (root mean square); 0 where none is seen.
 */
export function estimateNoise(windows: readonly Window[], compressed: boolean): number {
  const blocks = measureBlocks(windows);
  if (blocks.length < leastBlocks) return 0;
  const flat = pickFlattest(blocks);
  const high = sigmaOf(flat, 'high');
  if (!compressed) return high;
  const most = compressedTrust.base + compressedTrust.perHigh * high;
  return Math.max(high, Math.min(sigmaOf(flat, 'mid'), most));
}

function listBand(first: number, last: number): number[] {
  const all = Array.from({ length: blockSide * blockSide }, (_, i) => i);
  return all.filter((i) => {
    const order = (i >> 3) + (i & 7);
    return order >= first && order <= last;
  });
}

/** Blocks spread evenly, overlapping in a small photo; those with transparent pixels left out. */
function measureBlocks(windows: readonly Window[]): BlockEnergy[] {
  const pixels = windows.reduce((sum, { width, height }) => sum + width * height, 0);
  const step = Math.max(blockSide / 2, Math.ceil(Math.sqrt(pixels / mostBlocks)));
  const blocks: BlockEnergy[] = [];
  for (const window of windows)
    for (let y = 0; y + blockSide <= window.height; y += step)
      for (let x = 0; x + blockSide <= window.width; x += step) {
        const energy = measureBlock(window, y * window.width + x);
        if (!Number.isNaN(energy.low)) blocks.push(energy);
      }
  return blocks;
}

const block = new Float32Array(blockSide * blockSide);

function measureBlock({ red, green, blue, width }: Window, start: number): BlockEnergy {
  let [low, mid, high, clipped] = [0, 0, 0, 0];
  for (const plane of [red, green, blue]) {
    for (let i = 0; i < block.length; i++) {
      const value = plane[start + (i >> 3) * width + (i & 7)]!;
      if (value === 0 || value === 255) clipped++;
      block[i] = value;
    }
    transformBlock(block);
    for (const i of bands.low) low += block[i]! ** 2;
    for (const i of bands.mid) mid += block[i]! ** 2;
    for (const i of bands.high) high += block[i]! ** 2;
  }
  return {
    low: low / 3 / bands.low.length,
    mid: mid / 3 / bands.mid.length,
    high: high / 3 / bands.high.length,
    clipped,
  };
}

function pickFlattest(blocks: readonly BlockEnergy[]): BlockEnergy[] {
  const isBlank = ({ low, mid, high }: BlockEnergy) => low + mid + high < 1e-3;
  const blank = blocks.filter((energy) => energy.clipped === 0 && isBlank(energy)).length;
  const textured =
    blank > mostBlank * blocks.length ? blocks : blocks.filter((energy) => !isBlank(energy));
  let usable: BlockEnergy[] = [];
  for (const limit of clippedLimits) {
    usable = textured.filter(({ clipped }) => clipped <= limit);
    if (usable.length >= leastShare * blocks.length) break;
  }
  usable.sort((a, b) => a.low - b.low);
  return usable.slice(0, Math.max(leastFlat, Math.ceil(flatShare * usable.length)));
}

function sigmaOf(blocks: readonly BlockEnergy[], band: 'mid' | 'high'): number {
  const energies = blocks.map((energy) => energy[band]).sort((a, b) => a - b);
  const quartile = energies[(energies.length - 1) >> 2] ?? 0;
  return Math.sqrt(Math.max(0, quartile - roundingVariance)) / quartileFactors[band];
}
