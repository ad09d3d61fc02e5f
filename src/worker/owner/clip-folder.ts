import { sweepFolder } from './held-file';

/** The folder of the origin's private file system that clips are written in; `app/platform/film-store` looks into it, too. */
export const clipFolder = 'clips';

/** What the files of clips begin with that are kept for another day: what is kept of them besides lies elsewhere. */
export const keptPrefix = 'kept-';

/** Milliseconds after which what nobody has gone on with is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/**
 * Deletes what tabs have left that are gone: clips that were made or being made, and what nobody has gone on with for days.
 *
 * @param now The time, in milliseconds since 1970.
 * @returns Settles once they are gone; never rejects.
 */
export function sweepClips(now: number): Promise<void> {
  return sweepFolder(clipFolder, async (name, handle) => {
    if (!name.startsWith(keptPrefix)) return false;
    const age = now - (await handle.getFile()).lastModified;
    return age >= 0 && age < mostMs;
  });
}
