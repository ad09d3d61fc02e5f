import { readFileSync } from 'node:fs';
import { convertIndexedToRgb, decode, encode } from 'fast-png';
import { createRaster, type Raster } from '../src/core/picture/raster';

/**
 * Reads a PNG of any colour type, 8 bits a channel.
 *
 * @param file A path, or the file's bytes.
 * @returns An opaque raster, gray repeated, and whether the file had a single channel.
 */
export function readPng(file: string | Uint8Array): Raster & { isGray: boolean } {
  const png = decode(typeof file === 'string' ? readFileSync(file) : file);
  const data = png.palette ? convertIndexedToRgb(png) : png.data;
  const channels = data.length / (png.width * png.height);
  const raster = createRaster(png, false);
  for (let i = 0; i < png.width * png.height; i++)
    for (let c = 0; c < 4; c++)
      raster.data[i * 4 + c] = c === 3 ? 255 : data[i * channels + (channels < 3 ? 0 : c)]!;
  return { ...raster, isGray: channels < 3 };
}

/**
 * Writes a PNG.
 *
 * @param raster What to write, alpha included.
 * @returns The file.
 */
export function writePng({ width, height, data }: Raster): Buffer {
  return Buffer.from(encode({ width, height, data, channels: 4 }));
}

/**
 * Luma of ITU-R BT.601 without a border: what the benchmarks compare.
 *
 * @param raster An RGB picture.
 * @param border Pixels left out on each side.
 * @param isGray Whether the benchmark photo is gray: gray is compared as it is, 0..255, where colour
 *   is compared in studio range.
 * @returns Row by row, 16..235 for colour.
 */
export function luma(
  { width, height, data }: Raster,
  border: number,
  isGray: boolean,
): Float64Array {
  const out = new Float64Array((width - 2 * border) * (height - 2 * border));
  let to = 0;
  for (let y = border; y < height - border; y++)
    for (let x = border; x < width - border; x++) {
      const at = (y * width + x) * 4;
      const sum = 65.481 * data[at]! + 128.553 * data[at + 1]! + 24.966 * data[at + 2]!;
      out[to++] = isGray ? sum / 219 : 16 + sum / 255;
    }
  return out;
}
