import { lumaOf } from '../picture/luma';
import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import { wholeRect, type Rect, type Size } from '../picture/rect';

/** A part of a photo to measure; fully transparent pixels are NaN in every plane. */
export type Window = Size & {
  /** Position of its top left corner in the photo. */
  readonly x: number;
  readonly y: number;
  /** `[height * width]` each, 0..255. */
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  /** Their luminance as JPEG has it (ITU-R BT.601), 0..255. */
  readonly luma: Float32Array;
};

/** Side of a window: long enough for the widest blur kernel to settle, and a multiple of 8. */
const side = 128;

/** Windows along each axis of a large photo: 64 of them are one megapixel, which bounds the time. */
const mostAcross = 8;

/** Levels that the pixels of an empty margin may differ by: JPEG hardly moves them. */
const mostDifference = 2;

/**
 * Pixels beside an empty margin that are left out with it: the row of blocks in which a JPEG was cut off is empty in
 * part, and a bar's edge rings.
 */
const rim = 16;

/** A picture whose content is smaller than this share of a side is taken whole: it is a drawing on a ground. */
const leastContent = 0.1;

/**
 * Cuts a photo into windows, or a large one into a bounded number of them spread evenly over it.
 * Deterministic; every window starts at a multiple of 8, so that a position within one tells the
 * phase of an 8 x 8 grid. Margins of one colour are left out: bars round a film, and what is missing of a
 * file that was cut off.
 *
 * @param raster Read from.
 * @param factor The windows are of the photo reduced by this whole number, by the mean of each block.
 * @returns 1 to 64 windows of up to 128 x 128 pixels that own their planes.
 */
export function sampleWindows(raster: Raster, factor = 1): Window[] {
  const content = findContent(raster);
  const across = spreadStarts(content.x, content.x + content.width, factor);
  const down = spreadStarts(content.y, content.y + content.height, factor);
  return down.flatMap((y) => across.map((x) => readWindow(raster, x, y, factor)));
}

/** An axis of a window: where it starts, and how long it is, in pixels of the reduced photo. */
type Span = { readonly start: number; readonly length: number };

/** Where windows lie along an axis, between two pixels of the photo. */
function spreadStarts(from: number, to: number, factor: number): Span[] {
  const first = Math.ceil(from / factor / 8) * 8;
  const end = Math.floor(to / factor);
  const length = end - first;
  const count = Math.min(mostAcross, Math.ceil(length / side));
  const last = Math.max(0, length - side);
  return Array.from({ length: count }, (_, i) => {
    const start = count * side >= length ? i * side : Math.floor((last * i) / (count - 1) / 8) * 8;
    return { start: first + start, length: Math.min(side, length - start) };
  });
}

/** The photo without the margins that are of one colour; all of it where little would be left. */
function findContent(raster: Raster): Rect {
  const { width, height } = raster;
  const whole = wholeRect(raster);
  const isEmptyRow = (y: number, like: number) =>
    isPlain(raster, y * width, 1, width, like * width);
  const isEmptyColumn = (x: number, like: number) => isPlain(raster, x, width, height, like);
  const top = countWhile(height, (y) => isEmptyRow(y, 0));
  if (top > (1 - leastContent) * height) return whole;
  const bottom = countWhile(height, (y) => isEmptyRow(height - 1 - y, height - 1));
  const left = countWhile(width, (x) => isEmptyColumn(x, 0));
  const right = countWhile(width, (x) => isEmptyColumn(width - 1 - x, width - 1));
  const [x, y] = [left && left + rim, top && top + rim];
  const rect = {
    ...{ x, y, width: width - x - (right && right + rim) },
    height: height - y - (bottom && bottom + rim),
  };
  const isEnough = rect.width >= leastContent * width && rect.height >= leastContent * height;
  return isEnough ? rect : whole;
}

function countWhile(most: number, holds: (index: number) => boolean): number {
  let count = 0;
  while (count < most && holds(count)) count++;
  return count;
}

/** Whether pixels along a line are of one colour, that of another pixel. */
function isPlain(
  { data }: Raster,
  start: number,
  stride: number,
  count: number,
  like: number,
): boolean {
  const most = (mostDifference * peakOf(depthOf({ data }))) / 255;
  for (let i = 0, at = start * 4; i < count; i++, at += stride * 4)
    for (let c = 0; c < 3; c++)
      if (Math.abs(data[at + c]! - data[like * 4 + c]!) > most) return false;
  return true;
}

function readWindow(raster: Raster, across: Span, down: Span, factor: number): Window {
  const [x, y, width, height] = [across.start, down.start, across.length, down.length];
  const plane = () => new Float32Array(width * height);
  const [red, green, blue, luma] = [plane(), plane(), plane(), plane()];
  const share = 255 / peakOf(depthOf(raster)) / factor ** 2;
  for (let row = 0; row < height * factor; row++) {
    const first = Math.floor(row / factor) * width;
    const start = ((y * factor + row) * raster.width + x * factor) * 4;
    for (let column = 0, at = start; column < width * factor; column++, at += 4) {
      const i = first + Math.floor(column / factor);
      const visible = raster.hasAlpha && raster.data[at + 3] === 0 ? NaN : share;
      red[i]! += visible * raster.data[at]!;
      green[i]! += visible * raster.data[at + 1]!;
      blue[i]! += visible * raster.data[at + 2]!;
    }
  }
  for (let i = 0; i < luma.length; i++) luma[i] = lumaOf(red[i]!, green[i]!, blue[i]!);
  return { x, y, width, height, red, green, blue, luma };
}
