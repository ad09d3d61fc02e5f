import { peakOf } from './depth';
import type { StoredPicture } from './picture';
import { createRaster, depthOf, type Raster, type Samples } from './raster';
import { intersect, magnify, wholeRect, type Rect } from './rect';
import { release } from './release';

/** Pixels that are read at a time. */
const stripPixels = 2 ** 20;

/**
 * Writes the means of squares of a part's pixels to where the part lies in a picture that is so much smaller. What is transparent
 * has no say in a square's colour.
 *
 * @param reduced Written to.
 * @param pixels RGBA of the same depth, `[height * width * 4]` of the part.
 * @param part Where they lie in the large picture; its left and upper edges are multiples of `factor`. Squares that the others cut are means of what is there.
 * @param factor Side of a square, a whole number.
 */
export function reduceInto(reduced: Raster, pixels: Samples, part: Rect, factor: number): void {
  const full = peakOf(depthOf(reduced));
  const [left, top] = [part.x / factor, part.y / factor];
  for (let y = 0; y < part.height; y += factor) {
    const rows = Math.min(factor, part.height - y);
    let to = ((top + y / factor) * reduced.width + left) * 4;
    for (let x = 0; x < part.width; x += factor, to += 4) {
      const columns = Math.min(factor, part.width - x);
      let [red, green, blue, cover] = [0, 0, 0, 0];
      for (let v = 0; v < rows; v++) {
        let at = ((y + v) * part.width + x) * 4;
        for (let u = 0; u < columns; u++, at += 4) {
          const alpha = pixels[at + 3]!;
          red += alpha * pixels[at]!;
          green += alpha * pixels[at + 1]!;
          blue += alpha * pixels[at + 2]!;
          cover += alpha;
        }
      }
      const share = cover || full;
      reduced.data[to] = Math.round(red / share);
      reduced.data[to + 1] = Math.round(green / share);
      reduced.data[to + 2] = Math.round(blue / share);
      reduced.data[to + 3] = Math.round(cover / (rows * columns));
    }
  }
}

/**
 * Reads a part of a picture, reduced as it is read: little more than what comes of it is ever held.
 *
 * @param picture Read from.
 * @param part In pixels of the picture reduced by `factor`, inside it.
 * @param factor By how much, a whole number.
 * @returns A raster of the part's size that owns a new buffer.
 * @throws {unknown} Where it cannot be read any more.
 */
export async function readReduced(
  picture: StoredPicture,
  part: Rect,
  factor: number,
): Promise<Raster> {
  if (factor === 1) return picture.readPart(part);
  const { hasAlpha, depth, space } = picture;
  const reduced: Raster = { ...createRaster(part, hasAlpha, depth), space };
  const rows = Math.max(1, Math.floor(stripPixels / (part.width * factor ** 2)));
  for (let y = 0; y < part.height; y += rows) {
    const wanted = { ...part, y: part.y + y, height: Math.min(rows, part.height - y) };
    const strip = intersect(magnify(wanted, factor), wholeRect(picture));
    if (!strip) break;
    const { data } = await picture.readPart(strip);
    reduceInto(reduced, data, { ...strip, x: 0, y: y * factor }, factor);
    release(data);
  }
  return reduced;
}
