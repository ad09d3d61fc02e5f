import { raisePlane, reduceByMeans, searchFactor } from '../../core/findings/damage';
import type { Raster } from '../../core/picture/raster';
import { searchPlane, type SearchHooks, type SearchParts } from './plane-search';

/**
 * Looks for damage in a photo: scratches, cracks, dust, hair, stains. The network sees a large photo reduced (see
 * `searchFactor`).
 *
 * @param photo Only read.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile, and progress.
 * @returns How likely each pixel is damaged, 0..255, row by row; owned by the caller.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What `searchPlane` throws.
 */
export async function findDamage(
  photo: Raster,
  parts: SearchParts,
  hooks: SearchHooks,
): Promise<Uint8Array> {
  const factor = searchFactor(photo);
  const plane = await searchPlane(reduceByMeans(photo, factor), 'find-damage', parts, hooks);
  return raisePlane(firstPlane(plane), photo, factor);
}

/** The red of a gray picture, in 8 bits. */
function firstPlane({ data, width, height }: Raster): Uint8Array {
  const plane = new Uint8Array(width * height);
  const shift = data instanceof Uint16Array ? 8 : 0;
  for (let i = 0; i < plane.length; i++) plane[i] = data[i * 4]! >> shift;
  return plane;
}
