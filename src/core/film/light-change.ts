import { peakOf } from '../picture/depth';
import { readBetween } from '../picture/plane';
import { depthOf, type Raster } from '../picture/raster';
import { withoutLight } from './light-free';
import { lumaPyramid, type LumaPyramid } from './luma-pyramid';
import { findMotion, type Motion } from './motion';

/** Columns and rows of regions; many rows, since a rolling shutter makes bands of a lamp's flicker. */
export const [regionColumns, regionRows] = [6, 32] as const;

/** Regions of a frame. */
export const regionCount = regionColumns * regionRows;

/** Pixels of the small picture that light is measured in. */
const smallPixels = 2 ** 15;

/** Levels of 255 between which a pixel tells of light: darker is noise, brighter may be clipped. */
const [darkest, brightest] = [16, 245] as const;

/** Pixels that a region's row is believed as much as, and the whole frame as much as a row. */
const [rowWeight, frameWeight] = [6, 6] as const;

/** What is remembered of a frame to measure the next one. */
export interface LightMemory {
  /** Light of each region and channel, `[3 * regionCount]`: the logarithm of what it is times that of the scene's first frame. */
  readonly light: Float32Array<ArrayBuffer>;
  /** Without its light. */
  readonly luma: LumaPyramid;
  /** Logarithms of the small picture's channels; NaN where they tell nothing. */
  readonly logs: readonly Float32Array[];
}

/**
 * Measures how light has changed since the frame before, where it is the same content that is seen: along motion, per region and
 * channel the mean of the middle half of the ratios, believed by how many there are, else those of its row, else all.
 *
 * @param raster The frame; only read.
 * @param before What `measureLight` gave for the frame before; null at the beginning of a scene.
 * @param mostPixels Pixels of the small picture that it is measured in: the work, and what is remembered, are as many.
 * @returns Its light, and what the next measure needs: about ten planes of as many numbers.
 */
export function measureLight(
  raster: Raster,
  before: LightMemory | null,
  mostPixels = smallPixels,
): LightMemory {
  const luma = withoutLight(lumaPyramid(raster, mostPixels));
  const logs = [0, 1, 2].map((c) => smallLogs(raster, luma.factor, c));
  const light = new Float32Array(3 * regionCount);
  if (before) {
    const motion = findMotion(luma, before.luma);
    const moved = meanMotion(motion);
    for (let c = 0; c < 3; c++) {
      const change = changeOf(logs[c]!, before.logs[c]!, motion);
      for (let i = 0; i < regionCount; i++)
        light[3 * i + c] = change[i]! + lightAt(before.light, c, i, moved);
    }
  }
  return { light, luma, logs };
}

function smallLogs(raster: Raster, factor: number, c: number): Float32Array {
  const { data } = raster;
  const [width, height] = [raster.width, raster.height].map((side) =>
    Math.floor(side / factor),
  ) as [number, number];
  const scale = 255 / peakOf(depthOf(raster)) / factor ** 2;
  const out = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to++) {
      let sum = 0;
      for (let k = 0; k < factor; k++) {
        const start = ((y * factor + k) * raster.width + x * factor) * 4 + c;
        for (let j = 0; j < factor; j++) sum += data[start + 4 * j]!;
      }
      const level = sum * scale;
      out[to] = level < darkest || level > brightest ? NaN : Math.log(level);
    }
  return out;
}

const regionOf = (x: number, y: number, width: number, height: number) =>
  Math.floor((y * regionRows) / height) * regionColumns + Math.floor((x * regionColumns) / width);

/** Mean motion of each region, in regions. */
function meanMotion({ width, height, x, y }: Motion) {
  const sums = { x: new Float32Array(regionCount), y: new Float32Array(regionCount) };
  const count = new Float32Array(regionCount);
  for (let i = 0; i < x.length; i++) {
    const region = regionOf(i % width, Math.floor(i / width), width, height);
    count[region]!++;
    sums.x[region]! += (x[i]! * regionColumns) / width;
    sums.y[region]! += (y[i]! * regionRows) / height;
  }
  for (let i = 0; i < regionCount; i++) {
    sums.x[i]! /= Math.max(1, count[i]!);
    sums.y[i]! /= Math.max(1, count[i]!);
  }
  return sums;
}

/** Light that a region's content had, where it was before. */
function lightAt(
  light: Float32Array,
  c: number,
  region: number,
  moved: { readonly x: Float32Array; readonly y: Float32Array },
): number {
  const clamp = (n: number, most: number) => Math.max(0, Math.min(most, n));
  const column = clamp((region % regionColumns) + moved.x[region]!, regionColumns - 1);
  const row = clamp(Math.floor(region / regionColumns) + moved.y[region]!, regionRows - 1);
  const [left, top] = [
    Math.min(regionColumns - 2, Math.floor(column)),
    Math.min(regionRows - 2, Math.floor(row)),
  ];
  const read = (i: number, j: number) => light[3 * ((top + j) * regionColumns + left + i) + c]!;
  const [p, q] = [column - left, row - top];
  const upper = read(0, 0) + p * (read(1, 0) - read(0, 0));
  const lower = read(0, 1) + p * (read(1, 1) - read(0, 1));
  return upper + q * (lower - upper);
}

/** How a channel's light has changed in each region, as a logarithm. */
function changeOf(now: Float32Array, values: Float32Array, motion: Motion): Float32Array {
  const { width, height } = motion;
  const before = { width, height, values };
  const ratios = Array.from({ length: regionCount }, () => [] as number[]);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [x + motion.x[i]!, y + motion.y[i]!];
      if (u < 0 || v < 0 || u > width - 1 || v > height - 1) continue;
      const ratio = now[i]! - readBetween(before, u, v);
      if (!Number.isNaN(ratio)) ratios[regionOf(x, y, width, height)]!.push(ratio);
    }
  const all = middleMean(ratios.flat());
  const out = new Float32Array(regionCount);
  for (let row = 0; row < regionRows; row++) {
    const own = ratios.slice(row * regionColumns, (row + 1) * regionColumns);
    const line = own.flat();
    const rowChange = believe(middleMean(line), line.length, all, frameWeight);
    own.forEach((each, column) => {
      const change = believe(middleMean(each), each.length, rowChange, rowWeight);
      out[row * regionColumns + column] = change;
    });
  }
  return out;
}

const believe = (own: number, count: number, other: number, weight: number) =>
  (own * count + other * weight) / (count + weight);

/** The mean of the middle half; 0 of nothing. */
function middleMean(values: readonly number[]): number {
  const sorted = Float32Array.from(values).sort();
  const cut = sorted.length >> 2;
  const middle = sorted.subarray(cut, sorted.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / Math.max(1, middle.length);
}
