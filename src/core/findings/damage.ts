import { peakOf, roundMean } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';

/**
 * Most pixels of the picture that damage is looked for in. In a scan of 12 megapixels at half its size, scratches
 * of two pixels are still seen.
 */
const mostPixels = 3.2e6;

/** Pixels by which marks are widened: the edge of a scratch is half its own colour. */
const widening = 2;

/**
 * How likely the least likely mark is, at the lowest, the usual and the highest sensitivity. At the usual one less than
 * 0.2 % of the pixels of clean photos are likely enough (`bench -- old`); a half marks twice as many.
 */
const thresholds = { low: 0.99, usual: 0.9, high: 0.05 };

/**
 * By how much a photo is reduced before damage is looked for.
 *
 * @param size The photo's size.
 * @returns A whole factor for both sides, 1 for most that are smaller than a scan.
 */
export function searchFactor({ width, height }: Size): number {
  return Math.ceil(Math.sqrt((width * height) / mostPixels));
}

/**
 * A photo reduced by a whole factor: the mean of the samples under each pixel, without alpha.
 *
 * @param source Only read.
 * @param factor A whole number from 1.
 * @returns The source itself at 1; else a new raster of its depth, the last row and column made of fewer samples where
 *   the factor does not divide the sides.
 */
export function reduceByMeans(source: Raster, factor: number): Raster {
  if (factor === 1) return source;
  const size = {
    width: Math.ceil(source.width / factor),
    height: Math.ceil(source.height / factor),
  };
  const reduced: Raster = { ...createLike(source, size), hasAlpha: false };
  const peak = peakOf(depthOf(source));
  const sums = new Float64Array(size.width * 3);
  for (let y = 0; y < size.height; y++) {
    sums.fill(0);
    const last = Math.min(source.height, (y + 1) * factor);
    for (let row = y * factor; row < last; row++) addRow(source, row, factor, sums);
    const rows = last - y * factor;
    for (let x = 0, to = y * size.width * 4; x < size.width; x++, to += 4) {
      const count = rows * Math.min(factor, source.width - x * factor);
      for (let c = 0; c < 3; c++) reduced.data[to + c] = roundMean(sums[x * 3 + c]! / count);
      reduced.data[to + 3] = peak;
    }
  }
  return reduced;
}

function addRow({ data, width }: Raster, row: number, factor: number, sums: Float64Array): void {
  for (let x = 0, from = row * width * 4, to = 0, under = 0; x < width; x++, from += 4) {
    sums[to]! += data[from]!;
    sums[to + 1]! += data[from + 1]!;
    sums[to + 2]! += data[from + 2]!;
    if (++under < factor) continue;
    under = 0;
    to += 3;
  }
}

/**
 * A plane of a reduced photo at the photo's own size, bilinear between the middles of its pixels.
 *
 * @param plane Of the reduced photo, row by row; only read.
 * @param size The photo's size.
 * @param factor By what it was reduced.
 * @returns A new plane; the same one at factor 1.
 */
export function raisePlane(plane: Uint8Array, { width, height }: Size, factor: number): Uint8Array {
  if (factor === 1) return plane;
  const small = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const columns = placesOf(width, small.width, factor);
  const rows = placesOf(height, small.height, factor);
  const raised = new Uint8Array(width * height);
  const line = new Float32Array(small.width);
  for (let y = 0, to = 0; y < height; y++) {
    const upper = rows.first[y]! * small.width;
    const lower = rows.second[y]! * small.width;
    const down = rows.share[y]!;
    for (let x = 0; x < small.width; x++)
      line[x] = plane[upper + x]! + down * (plane[lower + x]! - plane[upper + x]!);
    for (let x = 0; x < width; x++, to++) {
      const left = line[columns.first[x]!]!;
      raised[to] = Math.round(left + columns.share[x]! * (line[columns.second[x]!]! - left));
    }
  }
  return raised;
}

/** For each of `length` samples the two of the reduced line that it lies between, and how near it is to the second. */
function placesOf(length: number, small: number, factor: number) {
  const first = new Int32Array(length);
  const second = new Int32Array(length);
  const share = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const place = Math.min(small - 1, Math.max(0, (i + 0.5) / factor - 0.5));
    first[i] = Math.floor(place);
    second[i] = Math.min(small - 1, first[i]! + 1);
    share[i] = place - first[i]!;
  }
  return { first, second, share };
}

/**
 * What counts as damage at a sensitivity: what is likely enough, a little widened.
 *
 * @param probability How likely each pixel is damaged, 0..255, row by row; only read.
 * @param size The picture's size.
 * @param sensitivity 0..100: at 50 what has nine chances in ten, at 100 what has one in twenty, at 0 what is nearly sure.
 * @returns A new plane: 255 where there is damage, else 0.
 */
export function markFound(probability: Uint8Array, size: Size, sensitivity: number): Uint8Array {
  const least = 255 * thresholdAt(sensitivity);
  const marked = new Uint8Array(probability.length);
  for (let i = 0; i < marked.length; i++) marked[i] = probability[i]! >= least ? 255 : 0;
  const reach = widening * searchFactor(size);
  return widenColumns(widenRows(marked, size, reach), size, reach);
}

/**
 * How likely the least likely mark is.
 *
 * @param sensitivity 0..100.
 * @returns 0..1; in equal odds from step to step.
 */
export function thresholdAt(sensitivity: number): number {
  const { low, usual, high } = thresholds;
  const odds = (p: number) => Math.log(p / (1 - p));
  const end = sensitivity < 50 ? low : high;
  const away = Math.abs(sensitivity - 50) / 50;
  return 1 / (1 + Math.exp(-(odds(usual) + away * (odds(end) - odds(usual)))));
}

/** Marks what has a mark at most `reach` pixels to its side. */
function widenRows(marked: Uint8Array, { width, height }: Size, reach: number): Uint8Array {
  const wide = new Uint8Array(marked.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0, until = -1; x < width + reach; x++) {
      if (x < width && marked[start + x]) until = x + reach;
      if (x >= reach && until >= x - reach && until >= 0) wide[start + x - reach] = 255;
    }
  }
  return wide;
}

/** Marks what has a mark at most `reach` pixels above or below. */
function widenColumns(marked: Uint8Array, { width, height }: Size, reach: number): Uint8Array {
  const wide = new Uint8Array(marked.length);
  const until = new Int32Array(width).fill(-1);
  for (let y = 0; y < height + reach; y++) {
    for (let x = 0; x < width; x++) {
      if (y < height && marked[y * width + x]) until[x] = y + reach;
      if (y >= reach && until[x]! >= y - reach && until[x]! >= 0)
        wide[(y - reach) * width + x] = 255;
    }
  }
  return wide;
}
