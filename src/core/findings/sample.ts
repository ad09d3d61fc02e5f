import { lumaOf } from '../picture/luma';
import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';

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

/**
 * Cuts a photo into windows, or a large one into a bounded number of them spread evenly over it.
 * Deterministic; every window starts at a multiple of 8, so that a position within one tells the
 * phase of an 8 x 8 grid.
 *
 * @param raster Read from.
 * @param factor The windows are of the photo reduced by this whole number, by the mean of each block.
 * @returns 1 to 64 windows of up to 128 x 128 pixels that own their planes.
 */
export function sampleWindows(raster: Raster, factor = 1): Window[] {
  const windows: Window[] = [];
  for (const y of spreadStarts(Math.floor(raster.height / factor)))
    for (const x of spreadStarts(Math.floor(raster.width / factor)))
      windows.push(readWindow(raster, x, y, factor));
  return windows;
}

/** Where windows start along an axis. */
function spreadStarts(length: number): number[] {
  const count = Math.min(mostAcross, Math.ceil(length / side));
  const last = Math.max(0, length - side);
  return Array.from({ length: count }, (_, i) =>
    count * side >= length ? i * side : Math.floor((last * i) / (count - 1) / 8) * 8,
  );
}

function readWindow(raster: Raster, x: number, y: number, factor: number): Window {
  const width = Math.min(side, Math.floor(raster.width / factor) - x);
  const height = Math.min(side, Math.floor(raster.height / factor) - y);
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
