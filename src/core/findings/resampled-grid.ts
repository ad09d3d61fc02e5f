import type { GridSteps } from './block-grid';
import { blockSide } from './dct';

/** Pixels of the photo that are looked at along each axis, at most and at least. */
const mostPixels = 1024;
const leastPixels = 256;

/** Frequencies of a grid of blocks that were shrunk to 0.96 to 0.45 of their size, in cycles a pixel. */
const frequencies = { first: 1 / 7.7, last: 1 / 3.6, step: 0.0004 };

/** Frequencies this near to those of the file's own grid are not told from it. */
const nearest = 0.004;

/** Half-width of the mean that shading is measured by, and sigmas that one edge counts at most. */
const reach = 6;
const mostSigmas = 4;

/**
 * Power of chance that a grid must have, along both axes at one frequency. Photos that were never compressed
 * and shrunk have it in 1 of 100; those saved at 20, shrunk to 0.75 or 0.9 and saved at 92 in 9 of 10.
 */
const leastPower = 18;

/** Levels that the grid's steps rise above the others, at least: at quality 25 and below they did, in 9 of 10. */
const leastRise = 0.12;

/**
 * Share of a grid's power that half its frequency has at most: shrinking by itself leaves a wave in how sharp the pixels are,
 * whose second harmonic may look like a grid; shrunk by 15/16 it is where that of JPEG would be.
 */
const mostHalf = 1 / 3;

/**
 * Whether a photo was compressed by JPEG, then shrunk: the steps between its blocks come back at a period
 * that is not 8 pixels, along both axes.
 *
 * @param steps How strong the steps are.
 * @returns The period in pixels; null where none is seen, and where the photo is too small to tell.
 */
export function findResampledGrid({ columns, rows }: GridSteps): number | null {
  const axes = [columns, rows].map((each) => each.subarray(0, mostPixels));
  if (axes.some(({ length }) => length < leastPixels)) return null;
  const [across, down] = axes.map(whiten) as [Steps, Steps];
  let best = { frequency: 0, power: leastPower };
  for (let f = frequencies.first; f < frequencies.last; f += frequencies.step) {
    const own = Math.round(f * blockSide) / blockSide;
    if (Math.abs(f - own) < nearest) continue;
    const along = powerAt(across, f);
    if (along <= best.power) continue;
    const power = Math.min(along, powerAt(down, f));
    if (power > best.power) best = { frequency: f, power };
  }
  const { frequency, power } = best;
  if (frequency === 0) return null;
  const isSeen = [across, down].every((each) => riseAt(each, frequency) >= leastRise);
  const half = Math.min(powerAt(across, frequency / 2), powerAt(down, frequency / 2));
  return isSeen && half <= mostHalf * power ? 1 / frequency : null;
}

/** Steps along an axis, of unit variance, and the standard deviation that they had, in levels. */
type Steps = { readonly values: Float64Array; readonly deviation: number };

/** Steps without shading, single edges and the grid of 8, of unit variance; 0 where nothing was sampled. */
function whiten(steps: Float64Array): Steps {
  const known = steps.map((step, i) => step - meanAround(steps, i));
  const limit = mostSigmas * deviationOf(known);
  const clipped = known.map((v) => (Number.isNaN(v) ? 0 : Math.max(-limit, Math.min(limit, v))));
  for (let phase = 0; phase < blockSide; phase++) {
    let [sum, count] = [0, 0];
    for (let i = phase; i < clipped.length; i += blockSide, count++) sum += clipped[i]!;
    for (let i = phase; i < clipped.length; i += blockSide) clipped[i]! -= sum / count;
  }
  const deviation = deviationOf(clipped);
  return { values: clipped.map((v) => v / (deviation + 1e-6)), deviation };
}

function meanAround(steps: Float64Array, at: number): number {
  let [sum, count] = [0, 0];
  for (let i = Math.max(0, at - reach); i <= at + reach && i < steps.length; i++) {
    if (Number.isNaN(steps[i])) continue;
    sum += steps[i]!;
    count++;
  }
  return count > 0 ? sum / count : NaN;
}

function deviationOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return Math.sqrt(known.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, known.length));
}

/** The power of one frequency; 1 on the mean for noise. */
function powerAt({ values }: Steps, frequency: number): number {
  const turn = 2 * Math.PI * frequency;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  let [real, imaginary, x, y] = [0, 0, 1, 0];
  for (const value of values) {
    real += value * x;
    imaginary += value * y;
    [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
  }
  return (real ** 2 + imaginary ** 2) / values.length;
}

/** The amplitude of one frequency in levels. */
function riseAt(steps: Steps, frequency: number): number {
  return 2 * Math.sqrt(powerAt(steps, frequency) / steps.values.length) * steps.deviation;
}
