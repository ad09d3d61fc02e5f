import type { GridPhase } from './block-grid';
import { blockSide, transformBlock } from './dct';
import { lumaSteps, qualityOfScale } from './quantization';
import type { Window } from './sample';

/**
 * The coefficients looked at, `[vertical frequency, horizontal frequency]`: low enough to be often other
 * than zero, in both directions.
 */
const probes = [
  ...[[0, 1] as const, [1, 0] as const, [0, 2] as const, [1, 1] as const],
  ...[[2, 0] as const, [0, 3] as const, [1, 2] as const, [2, 1] as const],
  ...[[3, 0] as const, [1, 3] as const, [2, 2] as const, [3, 1] as const],
];

/** Where they lie in a block, and the frequency below which all are. */
const places = probes.map(([vertical, horizontal]) => vertical * blockSide + horizontal);
const probedFrequencies = 1 + Math.max(...probes.flat());

/** Quantization steps that are told apart; table K.1 reaches 120 at quality 7 in these coefficients. */
const leastStep = 2;
const mostStep = 120;

/** Coefficients are counted in bins of half a level: the decoder's rounding blurs them by 0.35. */
const binsPerLevel = 2;
const mostLevel = 400;

/** For each step, a wave that is 1 on its multiples and -1 half-way between, in bins. */
const combs = Array.from({ length: mostStep + 1 }, (_, step) =>
  Float64Array.from({ length: step * binsPerLevel }, (_, bin) =>
    Math.cos((2 * Math.PI * bin) / binsPerLevel / step),
  ),
);

/** Blocks that are transformed: more of them make the steps no clearer. */
const mostBlocks = 6000;

/**
 * How comb-like a coefficient's values must be. 1 is a perfect comb and 0 none; on dev photos a
 * true step reads above 0.7, and anything else below 0.15.
 */
const leastScore = 0.3;

/** Sigmas of a comb score by chance (1 / sqrt(2 n)) that a score must pass: a hundred steps are tried. */
const leastSignificance = 4.5;

/** Values off zero that a score is made of, at least. */
const leastValues = 20;

/** Coefficients that must show a comb: two of twelve may do so by chance, four do not. */
const leastProbes = 4;

/**
 * Share of the combs that must tell one quality, and by how much of a step they may be off: the few values that edges
 * of a drawing have lie on combs by chance, each on another one; tables that are not libjpeg's have nearly its shape.
 */
const leastAgreeing = 0.6;
const tolerance = 0.15;

/** Above, steps are 1 to 3 levels: no eye sees them, and the benchmark photos themselves have them. */
const mostQuality = 90;

/**
 * The quality of the JPEG compression that a photo went through, from its pixels alone, in any phase
 * of the 8 x 8 grid: the coefficients of its blocks, which still lie on multiples of the quantization
 * step, tell that step.
 *
 * Measured on the dev photos: found, within 1 of the truth, are 100 % at quality 10 to 75, 99 % at 80,
 * 98 % at 85; of crops saved again at 95, 100 % at 30 and 50, 95 % at 75; of photos that had noise of
 * sigma 25 before, 100 % at 50 and 19 % at 75. No false alarm: the four of 152 found unharmed have old
 * blocks, which move with a crop.
 *
 * @param windows What was sampled of the photo.
 * @param grid Where its blocks start, see {@link findGrid}.
 * @returns 1..90 on libjpeg's scale, the median over twelve coefficients; null where no grid is seen,
 *   or only that of a compression too good to matter.
 */
export function estimateJpegQuality(windows: readonly Window[], grid: GridPhase): number | null {
  const histograms = countCoefficients(windows, grid);
  const found = places.flatMap((place, i) => {
    const step = findStep(histograms[i]!);
    return step === null ? [] : [{ step, base: lumaSteps[place]! }];
  });
  if (found.length < leastProbes) return null;
  const scales = found.map(({ step, base }) => step / base).sort((a, b) => b - a);
  const scale = scales[scales.length >> 1]!;
  const agreeing = found.filter(({ step, base }) => {
    const expected = scale * base;
    return Math.abs(step - expected) <= Math.max(1, tolerance * expected);
  });
  if (agreeing.length < leastAgreeing * found.length) return null;
  const quality = qualityOfScale(scale);
  return quality > mostQuality ? null : quality;
}

/** For each probe, how many blocks have it at each magnitude, in bins. */
function countCoefficients(windows: readonly Window[], phase: GridPhase): Uint32Array[] {
  const histograms = probes.map(() => new Uint32Array(mostLevel * binsPerLevel + 1));
  const block = new Float32Array(blockSide * blockSide);
  const pixels = windows.reduce((sum, { width, height }) => sum + width * height, 0);
  const every = Math.ceil(pixels / block.length / mostBlocks);
  let seen = 0;
  for (const { width, height, luma } of windows)
    for (let y = phase.y; y + blockSide <= height; y += blockSide)
      for (let x = phase.x; x + blockSide <= width; x += blockSide) {
        if (seen++ % every !== 0) continue;
        for (let row = 0; row < blockSide; row++) {
          const at = (y + row) * width + x;
          block.set(luma.subarray(at, at + blockSide), row * blockSide);
        }
        transformBlock(block, probedFrequencies);
        for (let i = 0; i < places.length; i++) {
          const level = Math.abs(block[places[i]!]!);
          if (level < mostLevel) histograms[i]![Math.round(level * binsPerLevel)]!++;
        }
      }
  return histograms;
}

/** The step whose multiples the values lie on, or null where they lie on none's. */
function findStep(histogram: Uint32Array): number | null {
  let best: number | null = null;
  let bestScore = leastScore;
  for (let step = leastStep; step <= mostStep; step++) {
    const period = step * binsPerLevel;
    let sum = 0;
    let count = 0;
    // Values near zero lie on every comb; far ones tell little, being blurred by a step's fraction.
    const end = Math.min(histogram.length, Math.ceil(6.5 * period));
    for (let bin = Math.ceil(period / 2); bin < end; bin++) {
      const values = histogram[bin]!;
      if (values === 0) continue;
      sum += values * combs[step]![bin % period]!;
      count += values;
    }
    const score = sum / count;
    if (count < leastValues || score < leastSignificance / Math.sqrt(2 * count)) continue;
    if (score > bestScore) [best, bestScore] = [step, score];
  }
  return best;
}
