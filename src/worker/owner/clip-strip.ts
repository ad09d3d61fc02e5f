import { EnhanceError } from '../../core/errors';
import type { ThumbnailWish } from '../../core/film/clip';
import { optionValidator as check } from '../../core/validator';
import { mostThumbnails, type PhotoId, type StripListener } from '../protocol';
import type { Clips } from './clips';
import type { Jobs } from './jobs';
import { breathe } from './shake-search';

/** What a strip is asked of. */
export type StripParts = {
  /** Null where no clip was ever open. */
  readonly clips: Clips | null;
  readonly jobs: Jobs;
};

/** A strip that is wanted. */
export type StripWish = {
  readonly wish: ThumbnailWish;
  readonly give: StripListener;
  readonly signal: AbortSignal;
};

/**
 * Decodes small pictures from all over a clip, one at a time: what a person waits for goes first.
 *
 * @param parts What it is asked of.
 * @param id Of which clip.
 * @param strip How many, and who is given them.
 * @returns Once all are given.
 * @throws {EnhanceError} `photo-missing`, `option-wrong`.
 * @throws {DOMException} The signal's reason.
 */
export async function giveStrip(
  { clips, jobs }: StripParts,
  id: PhotoId,
  { wish, give, signal }: StripWish,
): Promise<undefined> {
  const count = check.whole(wish.count, [1, mostThumbnails.count], 'strip.count');
  const height = check.whole(wish.height, [1, mostThumbnails.height], 'strip.height');
  if (!clips) throw new EnhanceError('photo-missing');
  for await (const thumbnail of clips.thumbnails(id, { count, height })) {
    if (signal.aborted) thumbnail.bitmap.close();
    signal.throwIfAborted();
    give(thumbnail);
    const urgent = [...jobs.of('loupe'), ...jobs.of('save')];
    await Promise.all(urgent.map(({ ended }) => ended));
    await breathe(signal);
  }
}
