import { peakOf } from '../picture/depth';
import { lightOf, rootOf, toOklab, valueOf } from '../picture/oklab';
import { createRaster, depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import { resample } from '../picture/resample';

/** Longer side, in pixels, that the network sees a photo at: it knows skies and meadows, and no pores. */
export const seenSide = 256;

/** What a network takes the colours of a small picture for. */
export type SeenColours = Size & {
  /** Lightness, a and b of Oklab, and how far a and b may be off together, row by row. */
  readonly lightness: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly spread: Float32Array;
};

/** What the network's planes stand for: see `training/colouring.py`. */
const span = 0.64;
const narrowest = 0.005;
const widest = 0.3;

/**
 * A photo as the network sees it: red holds its lightness as a grey; green how far out a place lies, to the left or right; blue how
 * far down. A network that sees mirror images outside of a picture knows by these where the sky is.
 *
 * @param photo Only read.
 * @returns Opaque, in 8 bits, no side longer than {@link seenSide} or than the photo's.
 */
export function seeLightness(photo: Raster): Raster {
  const share = Math.min(1, seenSide / Math.max(photo.width, photo.height));
  const side = (length: number) => Math.max(1, Math.round(length * share));
  const size = { width: side(photo.width), height: side(photo.height) };
  const small = resample({ ...photo, hasAlpha: false }, size, { x: 0, y: 0, ...size });
  const seen = createRaster(size, false);
  const peak = peakOf(depthOf(small));
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i += 4) {
      const value = (at: number) => small.data[i + at]! / peak;
      const [lightness] = toOklab(value(0), value(1), value(2));
      const out = Math.abs((2 * (x + 0.5)) / size.width - 1);
      const down = (y + 0.5) / size.height;
      const levels = [valueOf(lightness ** 3), out, down, 1];
      for (const [at, level] of levels.entries()) seen.data[i + at] = Math.round(255 * level);
    }
  return seen;
}

/**
 * Reads what the network made of a picture.
 *
 * @param photo What it saw, of {@link seeLightness}.
 * @param planes What it said, of the same size.
 * @returns Colours; owned by the caller.
 */
export function readColours(photo: Raster, planes: Raster): SeenColours {
  const { width, height } = photo;
  const list = () => new Float32Array(width * height);
  const seen = { width, height, lightness: list(), a: list(), b: list(), spread: list() };
  const [peak, full] = [peakOf(depthOf(photo)), peakOf(depthOf(planes))];
  for (let i = 0, at = 0; i < width * height; i++, at += 4) {
    seen.lightness[i] = rootOf(lightOf(photo.data[at]! / peak));
    seen.a[i] = span * (planes.data[at]! / full - 0.5);
    seen.b[i] = span * (planes.data[at + 1]! / full - 0.5);
    seen.spread[i] = narrowest * (widest / narrowest) ** (planes.data[at + 2]! / full);
  }
  return seen;
}
