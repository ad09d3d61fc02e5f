import { bandCount, bandSizes, firstFine } from './cells';
import { lumaSteps, quantizedMoments, scaleOfQuality } from './quantization';

/** What of a spectrum is white. */
export type WhiteFit = {
  /** Standard deviation of the noise before the JPEG compression. */
  readonly sigma: number;
  /** By how much worse the spectrum is explained without noise: 0 = not at all; mean square in nepers. */
  readonly gain: number;
  /** The share of that error that is left with noise, 0..1. */
  readonly left: number;
};

/** How texture falls off: amplitudes in levels at the first band, and powers of the frequency. */
const amplitudes = [0, ...listSteps(0.5, 120, 17)];
const slopes = [1, 1.4, 1.9, 2.5, 3.2];

/** The sigmas that are tried, and the finer ones that what is left of them is tabulated at. */
const sigmas = [0, ...listSteps(0.7, 50, 25)];
const finest = { least: 0.1, perNeper: 8, count: 64 };

/** Square levels: rounding to 8 bit, and what keeps the logarithm of nothing finite. */
const roundingPower = 0.06;
const leastPower = 0.15;

/** Bands that a fit looks at; the last holds one coefficient. */
const bands = Array.from({ length: bandCount - 2 }, (_, i) => i + 1);

/** The larger a band, the less its mean is chance; its shape is no better known, hence the root. */
const weights = normalize(bands.map((band) => Math.sqrt(bandSizes[band]!)));

/** What white noise looks like behind a JPEG compression. */
export type NoiseModel = {
  /** Fits the mean squares of luma's coefficients in each band, of flat spots. */
  readonly fit: (power: ArrayLike<number>) => WhiteFit;
  /** What quantization leaves of noise of a sigma, as a mean square over all coefficients. */
  readonly seenOf: (sigma: number) => number;
  /** How much the fine power of a cell's blocks differs from chance alone, see `spread` of a cell. */
  readonly spreadOf: (sigma: number) => number;
};

/**
 * Tells noise in a spectrum of flat spots as what does not fall off with the frequency, as texture does
 * by a power of it, both seen through JPEG's quantization. Texture alone, however strong, is explained
 * without noise.
 *
 * @param quality Of the JPEG compression, on libjpeg's scale, whose steps are taken for the file's; null: none.
 * @returns The model.
 */
export function createModel(quality: number | null): NoiseModel {
  const scale = quality === null ? 0 : scaleOfQuality(quality);
  const steps = lumaSteps.map((step) => (scale > 0 ? Math.max(1, Math.round(step * scale)) : 0));
  const expected = tabulate(steps);
  return {
    fit(power) {
      const seen = bands.map((band) =>
        Math.log(Math.max(0, power[band]! - roundingPower) + leastPower),
      );
      const errors = sigmas.map((_, i) => leastError(expected[i]!, seen));
      const best = errors.indexOf(Math.min(...errors));
      return {
        sigma: refine(errors, best),
        gain: errors[0]! - errors[best]!,
        left: errors[0]! > 0 ? errors[best]! / errors[0]! : 1,
      };
    },
    seenOf(sigma) {
      const left = steps.map((step, i) =>
        i === 0 ? sigma ** 2 : quantizedMoments(sigma, step).second,
      );
      return left.reduce((sum, power) => sum + power, 0) / steps.length;
    },
    spreadOf(sigma) {
      const fine = steps.filter((_, i) => bandOf(i) >= firstFine);
      const moments = fine.map((step) => quantizedMoments(sigma, step));
      const mean = moments.reduce((sum, { second }) => sum + second, 0);
      const variance = moments.reduce((sum, { second, fourth }) => sum + fourth - second ** 2, 0);
      return variance / mean ** 2;
    },
  };
}

function bandOf(coefficient: number): number {
  return (coefficient >> 3) + (coefficient & 7);
}

/** For each sigma, the log power of every texture in every band, one texture after another. */
function tabulate(steps: readonly number[]): Float32Array[] {
  const left = tabulateLeft(steps);
  return sigmas.map((sigma) => {
    const table = new Float32Array(amplitudes.length * slopes.length * bands.length);
    let at = 0;
    for (const amplitude of amplitudes)
      for (const slope of slopes)
        bands.forEach((band, i) => {
          const variance = sigma ** 2 + (amplitude * band ** -slope) ** 2;
          table[at++] = lookUp(left[i]!, 0.5 * Math.log(variance / finest.least ** 2));
        });
    return table;
  });
}

/** For each band, the log power that quantization leaves of noise of `finest`'s sigmas. */
function tabulateLeft(steps: readonly number[]): Float64Array[] {
  return bands.map((band) => {
    const own = steps.filter((_, i) => bandOf(i) === band);
    return Float64Array.from({ length: finest.count }, (_, i) => {
      const sigma = finest.least * Math.exp(i / finest.perNeper);
      const sum = own.reduce((total, step) => total + quantizedMoments(sigma, step).second, 0);
      return Math.log(sum / own.length + leastPower);
    });
  });
}

function lookUp(table: Float64Array, nepers: number): number {
  const at = Math.max(0, Math.min(table.length - 1.001, nepers * finest.perNeper));
  const i = Math.floor(at);
  return table[i]! + (table[i + 1]! - table[i]!) * (at - i);
}

/** The mean square of the best texture's error. */
function leastError(expected: Float32Array, seen: readonly number[]): number {
  let least = Infinity;
  for (let at = 0; at < expected.length; at += seen.length) {
    let sum = 0;
    for (let i = 0; i < seen.length; i++) sum += weights[i]! * (expected[at + i]! - seen[i]!) ** 2;
    if (sum < least) least = sum;
  }
  return least;
}

/** The lowest point of the parabola through the best sigma and its neighbours. */
function refine(errors: readonly number[], best: number): number {
  const sigma = sigmas[best]!;
  if (best < 2 || best === sigmas.length - 1) return sigma;
  const [before, at, after] = [errors[best - 1]!, errors[best]!, errors[best + 1]!];
  const bend = before - 2 * at + after;
  const shift = bend > 0 ? (before - after) / (2 * bend) : 0;
  return sigma * (sigma / sigmas[best - 1]!) ** shift;
}

/** Values from the first to the last, each by the same factor larger. */
function listSteps(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}

function normalize(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
