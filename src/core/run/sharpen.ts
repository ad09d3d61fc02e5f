import { mostSharpenReach, type Sharpening } from '../recipe/finish';

/** A pixel and its neighbours along one axis. */
export const neighbourCount = 2 * mostSharpenReach + 1;

/** What detail is multiplied with, and added, at the strongest. */
const mostGain = 1.5;

/** How far a pixel may go beyond all of its neighbours, as a share of their contrast. */
export const haloAllowance = 0.1;

/** Standard deviation below which a sampled bell's weights have less than its spread. */
const narrow = 0.5;

/** A sharpening in the numbers that a pixel is worked with. */
export type SharpenTerms = {
  readonly gain: number;
  /** Of the blur, from the middle outwards; the sum of all of them, to both sides, is 1. */
  readonly weights: readonly number[];
  /** How far to each side the neighbours lie that a pixel may not go beyond, 1 or 2. */
  readonly window: number;
};

/**
 * Works out a sharpening's numbers.
 *
 * @param sharpen The sharpening.
 * @param step Pixels of the result from one worked pixel to the next; below 1 neighbours are the result's own.
 * @returns The numbers.
 */
export function sharpenTerms({ amount, radius }: Sharpening, step: number): SharpenTerms {
  const spread = radius / Math.max(1, step);
  const window = Math.max(1, Math.round(spread));
  return { gain: amount * mostGain, weights: bell(spread), window };
}

/** Half of a Gaussian's weights; of a narrow one, those of three taps with its variance. */
function bell(spread: number): readonly number[] {
  if (spread < narrow) return [1 - spread ** 2, spread ** 2 / 2];
  const reach = Math.min(mostSharpenReach, Math.ceil(2 * spread));
  const half = Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * spread ** 2)));
  const sum = half.reduce((total, weight) => total + 2 * weight, -1);
  return half.map((weight) => weight / sum);
}

/**
 * Which worked pixel stands for each neighbour of each worked pixel, along one axis.
 *
 * @param pixels Which pixel of the result each worked pixel shows, in rising order.
 * @param step Pixels of the result from one to the next. Where several show the same one, a neighbour is the
 *   first that shows another pixel of the result.
 * @returns `[length * neighbourCount]`: of each its neighbours, from the farthest before it to the
 *   farthest after it; at the ends the outermost again.
 */
export function findNeighbours(pixels: Int32Array, step: number): Int32Array {
  const { length } = pixels;
  const out = new Int32Array(length * neighbourCount);
  const starts = step < 1 ? firstOf(pixels) : null;
  const first = pixels[0] ?? 0;
  for (let i = 0; i < length; i++)
    for (let k = -mostSharpenReach; k <= mostSharpenReach; k++) {
      const at = starts
        ? starts[Math.min(Math.max(pixels[i]! - first + k, 0), starts.length - 1)]!
        : Math.min(Math.max(i + k, 0), length - 1);
      out[i * neighbourCount + k + mostSharpenReach] = k === 0 ? i : at;
    }
  return out;
}

/** The first worked pixel that shows each of the result's, counted from the first of these. */
function firstOf(pixels: Int32Array): readonly number[] {
  const starts: number[] = [];
  for (const [i, pixel] of pixels.entries())
    while (starts.length <= pixel - pixels[0]!) starts.push(i);
  return starts;
}

/** A row that is to be sharpened, or lies beside one. */
export type LumaRow = {
  /** `[width]`: luma of each worked pixel, in levels. */
  readonly luma: Float64Array;
  /** `[width]`: how much each covers, 0..1; null where all of them cover. */
  readonly cover: Float64Array | null;
};

/** A row, as the rows below and above see it, `[width]` each. */
export type BlurredRow = {
  /** Weighted by what each pixel covers. */
  readonly luma: Float64Array;
  /** The sum of these weights. */
  readonly cover: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
};

/**
 * Blurs a row along itself, and finds the darkest and the brightest near each pixel.
 *
 * @param row The row. What it does not cover is neither dark nor bright.
 * @param full The level of full scale.
 * @param across Neighbours of the columns, see {@link findNeighbours}.
 * @param terms The sharpening.
 * @returns New arrays.
 */
export function blurRow(
  { luma, cover }: LumaRow,
  full: number,
  across: Int32Array,
  { weights, window }: SharpenTerms,
): BlurredRow {
  const width = luma.length;
  const reach = weights.length - 1;
  const create = () => new Float64Array(width);
  const out = { luma: create(), cover: create(), least: create(), most: create() };
  for (let x = 0, at = mostSharpenReach; x < width; x++, at += neighbourCount) {
    let [sum, covered, least, most] = [0, 0, Infinity, -Infinity];
    for (let u = -reach; u <= reach; u++) {
      const i = across[at + u]!;
      const value = luma[i]!;
      const covers = cover ? cover[i]! : 1;
      const weight = covers * weights[u < 0 ? -u : u]!;
      sum += weight * value;
      covered += weight;
      if (u < -window || u > window) continue;
      const unseen = (1 - covers) * full;
      if (value + unseen < least) least = value + unseen;
      if (value - unseen > most) most = value - unseen;
    }
    out.luma[x] = sum;
    out.cover[x] = covered;
    out.least[x] = least;
    out.most[x] = most;
  }
  return out;
}

/**
 * An unsharp mask on luma whose overshoot is limited: what is added to a pixel is its difference from the
 * blurred picture, times the gain, and no more than brings it to the darkest or brightest of its neighbours and
 * {@link haloAllowance} of their contrast beyond.
 *
 * @param near The rows from the farthest above to the farthest below, as many as there are weights, to both sides.
 * @param own Luma of the row itself, in levels.
 * @param terms The sharpening.
 * @param out `[width]`: filled with what is to be added to the row, in levels.
 */
export function sharpenRow(
  near: readonly BlurredRow[],
  own: Float64Array,
  { gain, weights, window }: SharpenTerms,
  out: Float64Array,
): void {
  const reach = weights.length - 1;
  for (let x = 0; x < out.length; x++) {
    const value = own[x]!;
    let [detail, least, most] = [0, value, value];
    for (let v = -reach; v <= reach; v++) {
      const row = near[v + reach]!;
      detail += weights[v < 0 ? -v : v]! * (value * row.cover[x]! - row.luma[x]!);
      if (v < -window || v > window) continue;
      if (row.least[x]! < least) least = row.least[x]!;
      if (row.most[x]! > most) most = row.most[x]!;
    }
    const allowance = haloAllowance * (most - least);
    const [lower, upper] = [least - allowance - value, most + allowance - value];
    const change = gain * detail;
    out[x] = change < lower ? lower : change > upper ? upper : change;
  }
}
