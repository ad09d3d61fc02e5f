import { mostSharpenReach, type Sharpening } from '../recipe/finish';

/** A pixel and its neighbours along one axis. */
export const neighbourCount = 2 * mostSharpenReach + 1;

/** What detail is multiplied with, and added, at the strongest. */
const mostGain = 1.5;

/** How far a pixel may go beyond all of its neighbours, as a share of their contrast. */
export const haloAllowance = 0.1;

/** Standard deviation below which a sampled bell's weights have less than its spread. */
const narrow = 0.5;

/** Neighbours up to here are summed at once; they bound a pixel by those beside it alone. */
const narrowReach = 2;

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
 * A row to be filled by {@link blurRow}.
 *
 * @param width Worked pixels.
 * @returns New arrays.
 */
export function createBlurred(width: number): BlurredRow {
  const create = () => new Float64Array(width);
  return { luma: create(), cover: create(), least: create(), most: create() };
}

/**
 * Blurs a row along itself, and finds the darkest and the brightest near each pixel. One neighbour of all pixels after the other: a loop
 * over arrays alone takes two thirds of the time of one over each pixel's neighbours.
 *
 * @param row The row. What it does not cover is neither dark nor bright.
 * @param full The level of full scale.
 * @param across Neighbours of the columns, see {@link findNeighbours}.
 * @param terms The sharpening.
 * @param out Filled.
 */
export function blurRow(
  row: LumaRow,
  full: number,
  across: Int32Array,
  { weights, window }: SharpenTerms,
  out: BlurredRow,
): void {
  const reach = weights.length - 1;
  if (reach <= narrowReach && !row.cover) {
    blurNarrow(row.luma, across, weights, out);
    return;
  }
  out.luma.fill(0);
  out.cover.fill(0);
  out.least.fill(Infinity);
  out.most.fill(-Infinity);
  for (let u = -reach; u <= reach; u++) {
    const weight = weights[Math.abs(u)]!;
    const first = mostSharpenReach + u;
    if (row.cover) addCovered(row.luma, row.cover, across, first, weight, out);
    else addOpaque(row.luma, across, first, weight, out);
    if (Math.abs(u) > window) continue;
    if (row.cover) boundCovered(row.luma, row.cover, across, first, full, out);
    else boundOpaque(row.luma, across, first, out);
  }
}

/** The same of neighbours that all cover and lie at most {@link narrowReach} away: at once, with the same sums. */
function blurNarrow(
  luma: Float64Array,
  across: Int32Array,
  weights: readonly number[],
  out: BlurredRow,
): void {
  const [middle, side, far = 0] = weights as readonly [number, number, number?];
  const { luma: sums, cover, least, most } = out;
  cover.fill(far + side + middle + side + far);
  for (let x = 0, at = mostSharpenReach; x < luma.length; x++, at += neighbourCount) {
    const before = luma[across[at - 1]!]!;
    const own = luma[across[at]!]!;
    const after = luma[across[at + 1]!]!;
    sums[x] =
      far * luma[across[at - 2]!]! +
      side * before +
      middle * own +
      side * after +
      far * luma[across[at + 2]!]!;
    least[x] = Math.min(before, own, after);
    most[x] = Math.max(before, own, after);
  }
}

function addOpaque(
  luma: Float64Array,
  across: Int32Array,
  first: number,
  weight: number,
  { luma: sums, cover }: BlurredRow,
): void {
  for (let x = 0, at = first; x < sums.length; x++, at += neighbourCount) {
    sums[x]! += weight * luma[across[at]!]!;
    cover[x]! += weight;
  }
}

function addCovered(
  luma: Float64Array,
  covers: Float64Array,
  across: Int32Array,
  first: number,
  weight: number,
  { luma: sums, cover }: BlurredRow,
): void {
  for (let x = 0, at = first; x < sums.length; x++, at += neighbourCount) {
    const i = across[at]!;
    const share = covers[i]! * weight;
    sums[x]! += share * luma[i]!;
    cover[x]! += share;
  }
}

function boundOpaque(
  luma: Float64Array,
  across: Int32Array,
  first: number,
  { least, most }: BlurredRow,
): void {
  for (let x = 0, at = first; x < least.length; x++, at += neighbourCount) {
    const value = luma[across[at]!]!;
    least[x] = Math.min(least[x]!, value);
    most[x] = Math.max(most[x]!, value);
  }
}

function boundCovered(
  luma: Float64Array,
  covers: Float64Array,
  across: Int32Array,
  first: number,
  full: number,
  { least, most }: BlurredRow,
): void {
  for (let x = 0, at = first; x < least.length; x++, at += neighbourCount) {
    const i = across[at]!;
    const unseen = (1 - covers[i]!) * full;
    least[x] = Math.min(least[x]!, luma[i]! + unseen);
    most[x] = Math.max(most[x]!, luma[i]! - unseen);
  }
}

/**
 * An unsharp mask on luma whose overshoot is limited: what is added to a pixel is its difference from the
 * blurred picture, times the gain, and no more than brings it to the darkest or brightest of its neighbours and
 * {@link haloAllowance} of their contrast beyond.
 *
 * @param near The rows from the farthest above to the farthest below, as many as there are weights, to both sides.
 * @param own Luma of the row itself, in levels.
 * @param terms The sharpening.
 * @param bounds `least` and `most` are filled: the darkest and the brightest near each pixel.
 * @param out `[width]`: filled with what is to be added to the row, in levels.
 */
export function sharpenRow(
  near: readonly BlurredRow[],
  own: Float64Array,
  { gain, weights, window }: SharpenTerms,
  bounds: Pick<BlurredRow, 'least' | 'most'>,
  out: Float64Array,
): void {
  const reach = weights.length - 1;
  if (reach <= narrowReach) {
    sharpenNarrow(near, own, gain, weights, out);
    return;
  }
  out.fill(0);
  bounds.least.set(own);
  bounds.most.set(own);
  for (let v = -reach; v <= reach; v++) {
    const row = near[v + reach]!;
    addDetail(row, own, weights[Math.abs(v)]!, out);
    if (Math.abs(v) <= window) widenBounds(row, bounds);
  }
  limitChange(own, gain, bounds, out);
}

/** The same of rows at most {@link narrowReach} away, at once. */
function sharpenNarrow(
  near: readonly BlurredRow[],
  own: Float64Array,
  gain: number,
  weights: readonly number[],
  out: Float64Array,
): void {
  const [middle, side, far = 0] = weights as readonly [number, number, number?];
  const reach = weights.length - 1;
  const [above, row, below] = [near[reach - 1]!, near[reach]!, near[reach + 1]!];
  const [first, last] = [near[0]!, near[2 * reach]!];
  for (let x = 0; x < out.length; x++) {
    const value = own[x]!;
    const detail =
      far * (value * first.cover[x]! - first.luma[x]!) +
      side * (value * above.cover[x]! - above.luma[x]!) +
      middle * (value * row.cover[x]! - row.luma[x]!) +
      side * (value * below.cover[x]! - below.luma[x]!) +
      far * (value * last.cover[x]! - last.luma[x]!);
    const least = Math.min(value, above.least[x]!, row.least[x]!, below.least[x]!);
    const most = Math.max(value, above.most[x]!, row.most[x]!, below.most[x]!);
    out[x] = limit(gain * detail, value, least, most);
  }
}

/** A change of a pixel, brought into what is allowed between the darkest and the brightest near it. */
function limit(change: number, value: number, least: number, most: number): number {
  const allowance = haloAllowance * (most - least);
  return Math.min(Math.max(change, least - allowance - value), most + allowance - value);
}

function addDetail(
  { luma, cover }: BlurredRow,
  own: Float64Array,
  weight: number,
  out: Float64Array,
): void {
  for (let x = 0; x < out.length; x++) out[x]! += weight * (own[x]! * cover[x]! - luma[x]!);
}

function widenBounds(row: BlurredRow, { least, most }: Pick<BlurredRow, 'least' | 'most'>): void {
  for (let x = 0; x < least.length; x++) {
    least[x] = Math.min(least[x]!, row.least[x]!);
    most[x] = Math.max(most[x]!, row.most[x]!);
  }
}

function limitChange(
  own: Float64Array,
  gain: number,
  { least, most }: Pick<BlurredRow, 'least' | 'most'>,
  out: Float64Array,
): void {
  for (let x = 0; x < out.length; x++) out[x] = limit(gain * out[x]!, own[x]!, least[x]!, most[x]!);
}
