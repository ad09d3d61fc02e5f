import { holds, savedLike, type SavedFormat } from '../../../core/format';
import type { Depth } from '../../../core/picture/raster';
import type { Size } from '../../../core/picture/rect';
import type { MetadataWish } from '../../../core/recipe/recipe';
import type { PhotoInfo } from '../../../worker/protocol';

/** How a person wants results to be written, of whatever photo. */
export type SaveChoice = {
  /** Null for the source's own. */
  readonly chosen: SavedFormat | null;
  /** Null for the photo's own. */
  readonly chosenDepth: Depth | null;
  /** Of WebP; null for as the photo was. */
  readonly chosenLossless: boolean | null;
  /** 1..100, where the format is lossy. */
  readonly quality: number;
  readonly metadata: MetadataWish;
};

/** What of a photo decides how its result is written. */
export type SavedPhoto = Pick<PhotoInfo, 'format' | 'hasAlpha' | 'isLossless' | 'depth'>;

/**
 * The format that a result is written in.
 *
 * @param choice What the person wants.
 * @param photo Of which photo; null where there is none.
 * @param sides The result's size.
 * @returns The wanted one, or what holds the result where that does not.
 */
export function formatOf(
  { chosen, chosenLossless }: Pick<SaveChoice, 'chosen' | 'chosenLossless'>,
  photo: SavedPhoto | null,
  sides: Size,
): SavedFormat {
  if (chosen && holds(chosen, sides)) return chosen;
  if (!photo) return 'png';
  return savedLike(photo.format, photo.hasAlpha, sides, chosenLossless ?? photo.isLossless);
}
