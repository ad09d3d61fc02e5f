import { deconvolve } from './deconvolve';
import { writeMeans } from '../picture/depth';
import { createLike, type Raster, type Samples } from '../picture/raster';
import { resample } from '../picture/resample';
import type { Shake } from './find';

/** Rows added at a time: bounds the memory of what is enlarged. */
const blockRows = 256;

/**
 * Takes a camera's shake back. Where the photo was reduced to find it, it is taken back from the reduced
 * photo, and what that changes is enlarged and added: a wide shake has left nothing finer.
 *
 * @param raster Only read.
 * @param shake What was found in it.
 * @param pause See {@link deconvolve}.
 * @returns A raster of the same size that owns a new buffer; alpha is the photo's.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function takeShakeBack<S extends Samples>(
  raster: Raster<S>,
  { kernel, factor }: Shake,
  pause: () => Promise<void>,
): Promise<Raster<S>> {
  if (factor === 1) return deconvolve(raster, kernel, pause);
  const [width, height] = [raster.width, raster.height].map((side) => Math.ceil(side / factor));
  const shaken = resample(raster, { width: width!, height: height! });
  await pause();
  const steady = await deconvolve(shaken, kernel, pause);
  const out = createLike(raster);
  for (let y = 0; y < out.height; y += blockRows) {
    const rows = { x: 0, y, width: out.width, height: Math.min(blockRows, out.height - y) };
    const [before, after] = [shaken, steady].map((small) => resample(small, out, rows).data);
    const start = y * out.width * 4;
    const levels = new Float64Array(before!.length);
    for (let i = 0; i < levels.length; i++)
      levels[i] = raster.data[start + i]! + after![i]! - before![i]!;
    writeMeans(levels, out.data, start);
    await pause();
  }
  return out;
}
