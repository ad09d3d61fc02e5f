import type { Raster } from '../../core/picture/raster';
import type { TintStroke } from '../../core/recipe/tint';
import { proposeStrokes } from '../../core/tint/propose';
import { readColours, seeLightness } from '../../core/tint/seen-colours';
import { searchPlanes, type SearchHooks, type SearchParts } from './plane-search';

/**
 * Looks for colours that a grey photo may have had.
 *
 * @param photo Only read; of one with colours, only its lightness.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile.
 * @returns Strokes where the network is sure, see `proposeStrokes`; owned by the caller.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What `searchPlanes` throws.
 */
export async function findColours(
  photo: Raster,
  parts: SearchParts,
  hooks: Pick<SearchHooks, 'signal'>,
): Promise<readonly TintStroke[]> {
  const seen = seeLightness(photo);
  const planes = await searchPlanes(seen, 'propose-colours', parts, hooks);
  return proposeStrokes(readColours(seen, planes));
}
