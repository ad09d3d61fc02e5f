import { createLike, depthOf, type Raster, type Samples } from '../core/picture/raster';
import { turnSize, type Orientation } from './header';

/**
 * Turns stored pixels upright.
 * Source: CIPA DC-008 (EXIF), 4.6.4 A, tag Orientation.
 *
 * @param stored The pixels as the file stores them; its buffer begins on a multiple of 4 bytes.
 * @param orientation The EXIF orientation, 1..8.
 * @returns The same raster for 1, or a new one that owns its buffer.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function turnRaster<S extends Samples>(
  stored: Raster<S>,
  orientation: Orientation,
): Raster<S> {
  if (orientation === 1) return stored;
  const out = createLike(stored, turnSize(stored, orientation));
  const { width, height, data } = out;
  // A pixel is moved as one word, or as two.
  const words = depthOf(stored) / 8;
  const from = new Uint32Array(stored.data.buffer, stored.data.byteOffset, width * height * words);
  const to = new Uint32Array(data.buffer);
  const onItsSide = orientation >= 5;
  // Which stored edge the upright picture's left and top edges start from.
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = onItsSide ? y : x;
      const v = onItsSide ? x : y;
      const column = mirrorX ? stored.width - 1 - u : u;
      const row = mirrorY ? stored.height - 1 - v : v;
      const [into, source] = [(y * width + x) * words, (row * stored.width + column) * words];
      to[into] = from[source]!;
      if (words === 2) to[into + 1] = from[source + 1]!;
    }
  return out;
}
