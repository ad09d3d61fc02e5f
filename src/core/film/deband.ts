import { peakOf, roundLevel } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import type { FilmStep, Made } from './step';

/** Pixels each way that a smooth place must reach, the widest tried first. */
export const reaches = [24, 12, 6] as const;

/** Levels of 255 that a smooth place may span, at full strength: steps of compressed skies are of two to four. */
export const span = 5;

/** Thresholds of ordered dither (Bayer 1973), 8 x 8, above 0 and below 1. */
const thresholds = Float64Array.from({ length: 64 }, (_, i) => {
  const [x, y] = [i & 7, i >> 3];
  let rank = 0;
  for (let bit = 0; bit < 3; bit++)
    rank = rank * 4 + ((((x ^ y) >> bit) & 1) << 1) + ((y >> bit) & 1);
  return (rank + 0.5) / 64;
});

/**
 * Smooths the steps of a slope that was stored with too few levels: where all within a square spans few levels, of each channel
 * apart, a pixel becomes the square's mean, spread over its neighbours by ordered dither. Widest squares first; what has grain,
 * texture or an edge within the smallest is left alone, bit for bit (the idea of range-limited means is that of flash3kdb, here with
 * every pixel of the square and no chance).
 *
 * @param raster The frame; only read.
 * @param strength From 0, nothing, to 1, where steps of up to five levels of 255 are smoothed.
 * @returns A raster that owns a new buffer; the frame itself where nothing changes.
 */
export function debandRaster(raster: Raster, strength: number): Raster {
  const { width, height, data } = raster;
  const peak = peakOf(depthOf(raster));
  const most = (span * strength * peak) / 255;
  if (most <= 0) return raster;
  const out = createLike(raster);
  out.data.set(data);
  const channel = new Uint16Array(width * height);
  let isChanged = false;
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < channel.length; i++) channel[i] = data[i * 4 + c]!;
    const done = new Uint8Array(channel.length);
    for (const reach of reaches) {
      const lowest = extremes(channel, width, height, reach, false);
      const highest = extremes(channel, width, height, reach, true);
      const sums = sumTable(channel, width, height);
      for (let y = 0, i = 0; y < height; y++)
        for (let x = 0; x < width; x++, i++) {
          const range = highest[i]! - lowest[i]!;
          if (done[i] || range === 0 || range > most) continue;
          done[i] = 1;
          const mean = meanOf(sums, width, height, x, y, reach);
          const threshold = thresholds[(y & 7) * 8 + (x & 7)]! - 0.5;
          const level = roundLevel(mean + threshold, peak);
          if (level !== channel[i]) isChanged = true;
          out.data[i * 4 + c] = level;
        }
    }
  }
  return isChanged ? out : raster;
}

/**
 * Smooths the steps of slopes in each frame by itself; see `debandRaster`. Holds nothing.
 *
 * @param options How much.
 * @param options.strength 0..1.
 * @param options.deband Does it; on arrays by default.
 * @returns A step that holds no frame back.
 */
export function createDeband({
  strength,
  deband = debandRaster,
}: {
  readonly strength: number;
  readonly deband?: (raster: Raster, strength: number) => Made<Raster>;
}): FilmStep {
  return {
    async push(frame) {
      const raster = await deband(frame.raster, strength);
      return [raster === frame.raster ? frame : { ...frame, raster }];
    },
    flush: () => Promise.resolve([]),
  };
}

/** The least, or the greatest, within the square round each pixel: rows, then columns. */
function extremes(
  values: Uint16Array,
  width: number,
  height: number,
  reach: number,
  isGreatest: boolean,
): Uint16Array {
  const rows = new Uint16Array(values.length);
  const out = new Uint16Array(values.length);
  for (let y = 0; y < height; y++)
    slide(values, rows, { start: y * width, step: 1, count: width }, reach, isGreatest);
  for (let x = 0; x < width; x++)
    slide(rows, out, { start: x, step: width, count: height }, reach, isGreatest);
  return out;
}

type Line = { readonly start: number; readonly step: number; readonly count: number };

/** A sliding extreme of a line, by a queue of what may still become it (Lemire 2006, "Streaming Maximum-Minimum Filter"). */
function slide(
  from: Uint16Array,
  to: Uint16Array,
  { start, step, count }: Line,
  reach: number,
  isGreatest: boolean,
): void {
  const queue = new Int32Array(count);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < count + reach; i++) {
    if (i < count) {
      const value = from[start + i * step]!;
      while (tail > head) {
        const other = from[start + queue[tail - 1]! * step]!;
        if (isGreatest ? other > value : other < value) break;
        tail--;
      }
      queue[tail++] = i;
    }
    const at = i - reach;
    if (at < 0) continue;
    while (queue[head]! < at - reach) head++;
    to[start + at * step] = from[start + queue[head]! * step]!;
  }
}

/** Sums of all that is above and left, a row and a column wider than the plane. */
function sumTable(values: Uint16Array, width: number, height: number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

/** The mean of the square round a pixel, made smaller both ways at an edge so that a slope keeps its level there. */
function meanOf(
  sums: Float64Array,
  width: number,
  height: number,
  x: number,
  y: number,
  reach: number,
): number {
  const across = Math.min(reach, x, width - 1 - x);
  const down = Math.min(reach, y, height - 1 - y);
  const row = width + 1;
  const [left, right] = [x - across, x + across + 1];
  const [top, under] = [(y - down) * row, (y + down + 1) * row];
  const sum = sums[under + right]! - sums[under + left]! - sums[top + right]! + sums[top + left]!;
  return sum / (2 * across + 1) / (2 * down + 1);
}
