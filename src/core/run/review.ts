import { peakOf, toEight } from '../picture/depth';
import { lumaOf } from '../picture/luma';
import { viewRows, type Picture } from '../picture/picture';
import { depthOf, type Raster } from '../picture/raster';
import { coverPixels, magnify, type Rect } from '../picture/rect';
import { resample } from '../picture/resample';
import { driftCell, measureDrift } from './colour-drift';
import { findMaskStart } from './mask-starts';

/** A part of a photo in which a result shows what the photo does not. */
export type InventedPart = {
  /** In pixels of the photo, inside it. */
  readonly rect: Rect;
  /** How much is there beyond what is expected, in levels of 255, where it is most. */
  readonly levels: number;
  /** What the photo looks like there. */
  readonly looks: 'text' | 'skin' | 'other';
};

/** What a review finds. */
export type Review = {
  /** The strongest, text-like and skin-like before others. */
  readonly parts: readonly InventedPart[];
  /** How far colours have drifted, seen from afar: the root of their mean square, 0..1 of full scale. */
  readonly colourDrift: number;
};

/** Most parts that are told. */
const mostParts = 8;

/** Cells along a photo's longer side, and the least side of one in pixels. */
const cellsAlong = 96;
const leastCell = 8;

/** Most pixels of the result along the side of what is looked at in a cell. */
const mostWindow = 32;

/** Cells on each side of the strongest that may belong to its part. */
const partReach = 2;

/**
 * What of a photo's slope, in levels a pixel of the result, a faithful enlargement may change: ours reaches 0.35 and
 * 0.9 levels in 3 photos of CBSD68 at 2x, the crisp one up to 12 levels more.
 */
const expectedOfSlope = 0.35;

/** What of its noise an enlargement without it lacks. */
const expectedOfNoise = 1.2;

/** Below this many levels beyond what is expected nothing is seen. */
const leastLevels = 2;

/** Of a start's values, what a part has on average that looks so. */
const leastLikeness = 210;

/** Longest side of what the photo looks like. */
const lookedSide = 320;

/**
 * Looks for what a result shows and its photo does not: in cells of both, the difference of the result's luma from
 * the plain enlargement's, between the finest pixels and the size of a cell, less what another faithful enlargement
 * may make of the photo's slopes there, and less the noise that was taken away. A plain enlargement has none.
 *
 * @param original The photo.
 * @param result What was made of it.
 * @param noise Standard deviation of the photo's noise, in levels of 255.
 * @returns What was found.
 * @throws {unknown} Where the result cannot be read any more.
 */
export async function reviewResult(
  original: Raster,
  result: Picture,
  noise: number,
): Promise<Review> {
  const scores = await scoreCells(original, result, noise);
  const parts = findParts(scores, original);
  const rank = ({ looks, levels }: InventedPart) => levels + (looks === 'other' ? 0 : 1000);
  return {
    parts: parts.sort((a, b) => rank(b) - rank(a)).slice(0, mostParts),
    colourDrift: await meanDrift(original, result),
  };
}

/** What is beyond what is expected, of each cell. */
type Cells = {
  /** In pixels of the photo. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
};

async function scoreCells(original: Raster, result: Picture, noise: number): Promise<Cells> {
  const scale = result.width / original.width;
  const side = Math.max(
    leastCell,
    Math.ceil(Math.max(original.width, original.height) / cellsAlong),
  );
  const width = Math.ceil(original.width / side);
  const height = Math.ceil(original.height / side);
  const values = new Float32Array(width * height);
  const window = Math.min(mostWindow, Math.floor(side * scale));
  const on = (cell: number, length: number) =>
    Math.max(0, Math.min(Math.round((cell + 0.5) * side * scale - window / 2), length - window));
  for (let y = 0; y < height; y++) {
    const rows = Math.min(window, result.height);
    const strip = { x: 0, y: on(y, result.height), width: result.width, height: rows };
    const plain = lumaPlane(resample(original, result, strip));
    const made = lumaPlane(await viewRows(result, strip.y, rows));
    for (let x = 0; x < width; x++) {
      const columns = Math.min(window, result.width);
      const part = { x: on(x, result.width), columns, rows, stride: result.width };
      const change = bandOf(made, plain, part);
      const slope = slopeOf(plain, part);
      values[y * width + x] = change - expectedOfSlope * slope - expectedOfNoise * noise;
    }
  }
  return { side, width, height, values };
}

/** Luma in levels of 255, `[height * width]`; what is transparent is black. */
function lumaPlane({ data, width, height }: Raster): Float32Array {
  const full = peakOf(depthOf({ data }));
  const out = new Float32Array(height * width);
  for (let i = 0, at = 0; i < out.length; i++, at += 4)
    out[i] =
      lumaOf(data[at]!, data[at + 1]!, data[at + 2]!) * (255 / full) * (data[at + 3]! / full);
  return out;
}

/** A window in some rows. */
type Window = {
  readonly x: number;
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
};

/** Root mean square of two windows' difference, less its mean, after a blur over 3 x 3 pixels. */
function bandOf(a: Float32Array, b: Float32Array, { x, columns, rows, stride }: Window): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let v = 1; v < rows - 1; v++)
    for (let u = 1; u < columns - 1; u++) {
      let near = 0;
      for (let dv = -1; dv <= 1; dv++)
        for (let du = -1, at = (v + dv) * stride + x + u - 1; du <= 1; du++, at++)
          near += (a[at]! - b[at]!) / 9;
      sum += near;
      squares += near * near;
      count++;
    }
  return count > 0 ? Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) : 0;
}

/** Root mean square of a window's slopes, per pixel. */
function slopeOf(luma: Float32Array, { x, columns, rows, stride }: Window): number {
  let [squares, count] = [0, 0];
  for (let v = 1; v < rows - 1; v++)
    for (let u = 1; u < columns - 1; u++) {
      const at = v * stride + x + u;
      const across = (luma[at + 1]! - luma[at - 1]!) / 2;
      const down = (luma[at + stride]! - luma[at - stride]!) / 2;
      squares += across * across + down * down;
      count++;
    }
  return count > 0 ? Math.sqrt(squares / count) : 0;
}

/** Takes the strongest cell and what belongs to it, again and again. */
function findParts({ side, width, height, values }: Cells, original: Raster): InventedPart[] {
  const left = values.slice();
  const parts: InventedPart[] = [];
  const looks = prepareLooks(original);
  while (parts.length < 2 * mostParts) {
    const peak = left.reduce((best, value, i) => (value > left[best]! ? i : best), 0);
    const levels = left[peak]!;
    if (!(levels >= leastLevels)) break;
    const [x, y] = [peak % width, Math.floor(peak / width)];
    let [x0, y0, x1, y1] = [x, y, x, y];
    for (let v = Math.max(0, y - partReach); v <= Math.min(height - 1, y + partReach); v++)
      for (let u = Math.max(0, x - partReach); u <= Math.min(width - 1, x + partReach); u++) {
        if (left[v * width + u]! >= leastLevels) {
          [x0, y0] = [Math.min(x0, u), Math.min(y0, v)];
          [x1, y1] = [Math.max(x1, u), Math.max(y1, v)];
        }
        left[v * width + u] = -Infinity;
      }
    const rect = {
      x: x0 * side,
      y: y0 * side,
      width: Math.min((x1 + 1) * side, original.width) - x0 * side,
      height: Math.min((y1 + 1) * side, original.height) - y0 * side,
    };
    parts.push({ rect, levels, looks: looks(rect) });
  }
  return parts;
}

/** Prepares telling what a part of a photo looks like. */
function prepareLooks(original: Raster): (rect: Rect) => InventedPart['looks'] {
  const share = Math.min(1, lookedSide / Math.max(original.width, original.height));
  const size = {
    width: Math.max(1, Math.round(original.width * share)),
    height: Math.max(1, Math.round(original.height * share)),
  };
  const small = toEight(resample(original, size));
  const masks = (['text', 'skin'] as const).map(
    (name) => [name, findMaskStart(name, small, size)] as const,
  );
  return ({ x, y, width, height }) => {
    const part = coverPixels(magnify({ x, y, width, height }, share), size);
    const found = masks.find(([, values]) => meanIn(values, size.width, part) >= leastLikeness);
    return found?.[0] ?? 'other';
  };
}

function meanIn(values: Uint8Array, stride: number, { x, y, width, height }: Rect): number {
  let sum = 0;
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) sum += values[row * stride + column]!;
  return sum / (width * height);
}

async function meanDrift(original: Raster, result: Picture): Promise<number> {
  if (Math.max(result.width, result.height) < driftCell / 4) return 0;
  const { values } = await measureDrift(original, result);
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares / ((values.length / 4) * 3));
}
