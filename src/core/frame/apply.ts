import { cropRaster, type Raster, type Samples } from '../picture/raster';
import { turned } from '../picture/turned';
import type { Frame } from '../recipe/frame';
import type { Pause } from '../shake/pace';
import { checkFrame, cutOf, turnOf } from './geometry';
import { straighten } from './straighten';

/**
 * What a frame makes of a photo: without an angle its pixels are the photo's, bit for bit.
 *
 * @param photo Only read.
 * @param frame The frame.
 * @param pause Awaited while it is straightened, with the share that is done; what it rejects with ends it.
 * @returns A raster that owns a new buffer; the photo itself where nothing is to be done.
 * @throws {EnhanceError} `crop-outside-photo`.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function frameRaster<S extends Samples>(
  photo: Raster<S>,
  frame: Frame,
  pause: Pause,
): Promise<Raster<S>> {
  checkFrame(frame, photo);
  const cut = cutOf(frame, photo);
  if (frame.angle !== 0)
    return turned(await straighten(photo, cut, frame.angle, pause), turnOf(frame));
  const isWhole = cut.width === photo.width && cut.height === photo.height;
  return turned(isWhole ? photo : cropRaster(photo, cut), turnOf(frame));
}
