import { peakOf, writeMeans } from './depth';
import { createLike, cropRaster, depthOf, type Raster, type Samples } from './raster';
import { wholeRect, type Rect, type Size } from './rect';

/** Which input samples make each output sample, and with what weight. */
export type Taps = {
  /** Taps per output sample. */
  readonly count: number;
  /** `[output * count]` input positions, reflected into range. */
  readonly index: Int32Array;
  /** `[output * count]`; the weights of one output sample sum to 1. */
  readonly weight: Float32Array;
};

/**
 * Reflects a position into 0..length-1, repeating the edge sample (half-sample symmetry), so that it
 * is defined for every length from 1.
 *
 * @param position Any whole number.
 * @param length Number of samples, at least 1.
 * @returns The mirrored position.
 */
export function reflect(position: number, length: number): number {
  const period = 2 * length;
  const phase = ((position % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/** Keys' cubic convolution kernel with a = -0.5 (Keys 1981), the benchmarks' "bicubic". */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  return x <= 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

/**
 * Bicubic taps from `length` input samples to the output samples `from`..`from + count - 1` of
 * `outLength`. When reducing, the kernel widens by the reduction factor (MATLAB's imresize).
 *
 * @param length Input samples.
 * @param outLength Output samples of the whole axis.
 * @param from First wanted output sample.
 * @param count Wanted output samples.
 * @returns Their taps.
 */
export function bicubicTaps(length: number, outLength: number, from = 0, count = outLength): Taps {
  const scale = outLength / length;
  const stretch = Math.max(1, 1 / scale);
  const taps = Math.ceil(4 * stretch) + 1;
  const index = new Int32Array(count * taps);
  const weight = new Float32Array(count * taps);
  for (let i = 0; i < count; i++) {
    const centre = (from + i + 0.5) / scale - 0.5;
    const first = Math.floor(centre - 2 * stretch) + 1;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const w = cubic((centre - first - tap) / stretch);
      index[i * taps + tap] = reflect(first + tap, length);
      weight[i * taps + tap] = w;
      sum += w;
    }
    for (let tap = 0; tap < taps; tap++) weight[i * taps + tap]! /= sum;
  }
  return { count: taps, index, weight };
}

/**
 * Bicubic resampling of a whole raster, or of one rectangle of the result: the rectangle holds
 * exactly the pixels that the whole result would hold there. Colour is weighted by alpha. At the
 * source's own size it is a copy, bit for bit, colour under transparency included.
 *
 * @param source Read from.
 * @param size Size of the whole result.
 * @param part The wanted rectangle of the result, inside `size`; all of it by default.
 * @returns A raster of the rectangle's size that owns a new buffer.
 */
export function resample<S extends Samples>(
  source: Raster<S>,
  size: Size,
  part: Rect = wholeRect(size),
): Raster<S> {
  if (size.width === source.width && size.height === source.height) return cropRaster(source, part);
  const columns = bicubicTaps(source.width, size.width, part.x, part.width);
  const rows = bicubicTaps(source.height, size.height, part.y, part.height);
  const out = createLike(source, part);
  const lines = new Map<number, Float32Array>();
  const sum = new Float32Array(part.width * 4);
  const straight = new Float64Array(part.width * 4);
  for (let y = 0; y < part.height; y++) {
    sum.fill(0);
    let lowest = source.height;
    for (let tap = 0; tap < rows.count; tap++) {
      const row = rows.index[y * rows.count + tap]!;
      const weight = rows.weight[y * rows.count + tap]!;
      if (weight === 0) continue;
      lowest = Math.min(lowest, row);
      let line = lines.get(row);
      if (!line) lines.set(row, (line = filterRow(source, row, columns, part.width)));
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * line[i]!;
    }
    for (const row of lines.keys()) if (row < lowest) lines.delete(row);
    divideByAlpha(sum, out, straight);
    writeMeans(straight, out.data, y * part.width * 4);
  }
  return out;
}

/** One source row resampled along x, `[width * 4]`: colour in levels, weighted by alpha, which is 0..1. */
function filterRow(source: Raster, row: number, taps: Taps, width: number): Float32Array {
  const { data, hasAlpha } = source;
  const peak = peakOf(depthOf(source));
  const line = new Float32Array(width * 4);
  const start = row * source.width * 4;
  for (let x = 0; x < width; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let tap = x * taps.count, end = tap + taps.count; tap < end; tap++) {
      const at = start + taps.index[tap]! * 4;
      const cover = hasAlpha ? data[at + 3]! / peak : 1;
      const weight = taps.weight[tap]! * cover;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
      alpha += weight;
    }
    line[x * 4] = red;
    line[x * 4 + 1] = green;
    line[x * 4 + 2] = blue;
    line[x * 4 + 3] = alpha;
  }
  return line;
}

/** Turns a row of weighted sums into straight colour and alpha, in levels. */
function divideByAlpha(
  sum: Float32Array,
  { data, hasAlpha }: Raster,
  straight: Float64Array,
): void {
  const peak = peakOf(depthOf({ data }));
  for (let x = 0; x < sum.length; x += 4) {
    const alpha = sum[x + 3]!;
    const divisor = hasAlpha ? Math.max(alpha, 1e-6) : 1;
    straight[x] = sum[x]! / divisor;
    straight[x + 1] = sum[x + 1]! / divisor;
    straight[x + 2] = sum[x + 2]! / divisor;
    straight[x + 3] = hasAlpha ? alpha * peak : peak;
  }
}
