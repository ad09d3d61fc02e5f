import { blendStrength } from '../picture/blend';
import { cropRaster, type Raster } from '../picture/raster';
import { wholeRect, type Rect } from '../picture/rect';

/** Where a region lies, in pixels of the picture. */
export type RegionJob = {
  /** Only read. */
  readonly input: Raster;
  /** What is replaced, inside of `read`. */
  readonly box: Rect;
  /** What the work in the box reads, inside of the picture. */
  readonly read: Rect;
  /** 0..1: how much of the work's result is mixed in. */
  readonly amount: number;
};

/**
 * Works in a box of a picture and leaves the rest as it is.
 *
 * @param job Where.
 * @param work Gets what it may read, which it does not keep, and gives a raster of the same size.
 * @returns A raster of the input's size that owns a new buffer.
 * @throws {unknown} What `work` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function runRegion(
  { input, box, read, amount }: RegionJob,
  work: (part: Raster) => Promise<Raster>,
): Promise<Raster> {
  const before = cropRaster(input, read);
  const after = blendStrength(before, await work(before), amount);
  const out = cropRaster(input, wholeRect(input));
  for (let y = 0; y < box.height; y++) {
    const start = ((box.y - read.y + y) * read.width + box.x - read.x) * 4;
    const line = after.data.subarray(start, start + box.width * 4);
    out.data.set(line, ((box.y + y) * out.width + box.x) * 4);
  }
  return out;
}
