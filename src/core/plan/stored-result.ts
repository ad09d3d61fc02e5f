import { bytesOf, type Depth } from '../picture/raster';
import type { Size } from '../picture/rect';

/** Bytes that a result has at least to lie outside of memory: more than most phones spare for a page. */
export const leastStoredBytes = 2 ** 28;

/**
 * Bytes of it that lie in memory all the same: what was used last. A row of blocks of 20 megapixels at 4× is 11 MB. In the order that
 * tiles of 256 and 384 are run there, twice as much would spare no reading of a block; with tiles of 512, that of one in eleven.
 */
export const cachedBytes = 2 ** 25;

/**
 * Whether a result lies outside of memory.
 *
 * @param bytes What it takes.
 * @param scale By how much it is larger than what it is made from: reduced by that it lies there once more.
 * @param room Bytes that there are for it outside; 0 for none.
 * @param least Bytes that it has at least.
 * @returns False for one that memory holds.
 */
export function isStoredOutside(
  bytes: number,
  scale: number,
  room: number,
  least = leastStoredBytes,
): boolean {
  return scale > 1 && bytes >= least && bytes * (1 + 1 / scale ** 2) <= room;
}

/**
 * What a result takes in memory.
 *
 * @param size Its size.
 * @param depth Its bits a sample.
 * @param scale As for {@link isStoredOutside}.
 * @param room As for {@link isStoredOutside}.
 * @returns Bytes: all of it, or of one that lies outside what was used last.
 */
export function heldBytes(size: Size, depth: Depth, scale: number, room: number): number {
  const bytes = bytesOf(size, depth);
  return isStoredOutside(bytes, scale, room) ? cachedBytes : bytes;
}
