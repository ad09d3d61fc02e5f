import { deconvolutionCosts, deconvolve } from './deconvolve';
import { writeMeans } from '../picture/depth';
import { createLike, type Raster, type Samples } from '../picture/raster';
import type { Size } from '../picture/rect';
import { resample } from '../picture/resample';
import type { Shake } from './find';
import type { Pause } from './pace';

/** Rows added at a time: bounds the memory of what is enlarged. */
const blockRows = 256;

/** Milliseconds for a pixel of a tile and channel, to and fro, and half the time three times, for clipped light. */
const msATransformed = 2e-4;

/** Milliseconds for a pixel that is enlarged twice, before and after. */
const msAnEnlarged = 2e-4;

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
  pause: Pause,
): Promise<Raster<S>> {
  if (factor === 1) return deconvolve(raster, kernel, pause);
  const shaken = resample(raster, reduced(raster, factor));
  await pause(0);
  const steady = await deconvolve(shaken, kernel, (share) => pause(share / 2));
  const out = createLike(raster);
  for (let y = 0; y < out.height; y += blockRows) {
    const rows = { x: 0, y, width: out.width, height: Math.min(blockRows, out.height - y) };
    const [before, after] = [shaken, steady].map((small) => resample(small, out, rows).data);
    const start = y * out.width * 4;
    const levels = new Float64Array(before!.length);
    for (let i = 0; i < levels.length; i++)
      levels[i] = raster.data[start + i]! + after![i]! - before![i]!;
    writeMeans(levels, out.data, start);
    await pause((1 + (y + rows.height) / out.height) / 2);
  }
  return out;
}

/**
 * What {@link takeShakeBack} costs.
 *
 * @param size The photo's.
 * @param shake What was found in it, or would be at its side.
 * @param shake.side The kernel's.
 * @param shake.factor By how much the photo was reduced.
 * @returns `ms` that one core of a usual machine takes; `bytes` that it works in, photo and result left out;
 *   `reach`: pixels on every side that a pixel is made from.
 */
export function takeBackCosts(
  size: Size,
  { side, factor }: { readonly side: number; readonly factor: number },
): { readonly ms: number; readonly bytes: number; readonly reach: number } {
  const small = reduced(size, factor);
  const { pixels, bytes, reach } = deconvolutionCosts(small, side);
  if (factor === 1) return { ms: pixels * msATransformed, bytes, reach };
  return {
    ms: pixels * msATransformed + size.width * size.height * msAnEnlarged,
    bytes: bytes + 2 * 4 * small.width * small.height,
    reach: (reach + 2) * factor,
  };
}

function reduced({ width, height }: Size, factor: number): Size {
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
}
