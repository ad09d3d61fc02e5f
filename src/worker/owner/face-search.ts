import {
  faceLevels,
  joinBoxes,
  leastSeen,
  readBoxes,
  type FaceBox,
} from '../../core/findings/faces';
import { createRaster, type Raster } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { resample } from '../../core/picture/resample';
import { searchPlane, type SearchHooks, type SearchParts } from './plane-search';

/**
 * Looks for faces in a photo, at some sizes: the network knows faces of some 60 to 250 pixels.
 *
 * @param photo Only read.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile.
 * @returns Their boxes, the likeliest first; owned by the caller.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What `searchPlane` throws.
 */
export async function findFaces(
  photo: Raster,
  parts: SearchParts,
  hooks: Pick<SearchHooks, 'signal'>,
): Promise<readonly FaceBox[]> {
  const looks: (readonly FaceBox[])[] = [];
  for (const size of faceLevels(photo)) looks.push(await seeFaces(photo, size, parts, hooks));
  return joinBoxes(looks);
}

/**
 * What the network takes for a face at one size of a photo.
 *
 * @param photo Only read.
 * @param size Of `faceLevels`.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile.
 * @returns All boxes that say something, for `joinBoxes`.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What `searchPlane` throws.
 */
export async function seeFaces(
  photo: Raster,
  size: Size,
  parts: SearchParts,
  hooks: Pick<SearchHooks, 'signal'>,
): Promise<readonly FaceBox[]> {
  const plane = await searchPlane(deepAt(photo, size), 'find-faces', parts, hooks);
  return readBoxes(plane, leastSeen);
}

/** A photo at another size, opaque and of 16 bits: what the network says of it has as many. */
function deepAt(photo: Raster, size: Size): Raster {
  const part = { x: 0, y: 0, ...size };
  const { data } = resample({ ...photo, hasAlpha: false }, size, part);
  const deep = createRaster(size, false, 16);
  const factor = data instanceof Uint16Array ? 1 : 257;
  for (let i = 0; i < data.length; i++) deep.data[i] = data[i]! * factor;
  return deep;
}
