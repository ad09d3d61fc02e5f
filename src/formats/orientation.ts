import type { Raster, Samples } from '../core/picture/raster';
import { turned } from '../core/picture/turned';
import type { Orientation } from './header';

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
  return turned(stored, {
    onItsSide: orientation >= 5,
    // Which stored edge the upright picture's left and top edges start from.
    mirrorX: [2, 3, 7, 8].includes(orientation),
    mirrorY: [3, 4, 6, 7].includes(orientation),
  });
}
