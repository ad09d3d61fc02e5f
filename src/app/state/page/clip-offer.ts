import { askAgain } from '../../platform/file-access';
import { allowWriting } from '../../platform/file-writing';
import { dropClip, findClip, printOf, type KeptClip } from '../../platform/film-store';
import { sweepQueueClips } from '../../platform/queue-clips';
import { readQueueLists } from '../../platform/queue-store';

/** A clip that was being made here, and is offered again. */
export type ClipOffer = {
  readonly id: string;
  readonly clip: KeptClip;
  /** Its file, within a press since the browser may ask the person; null where the person has to choose it. */
  readonly read: () => Promise<File | null>;
  /** Whether a file is its. */
  readonly fits: (file: File) => Promise<boolean>;
  /** Deletes what was kept. */
  readonly forget: () => Promise<void>;
};

/**
 * Looks for a clip that was being made before a reload, a crash, or the end of a tab.
 *
 * @param now The time, in milliseconds since 1970.
 * @returns Null where there is none.
 */
export async function recallClip(now: number): Promise<ClipOffer | null> {
  try {
    const found = await findClip(now);
    void readQueueLists()
      .then(sweepQueueClips)
      .catch(() => undefined);
    if (!found) return null;
    const { id, clip } = found;
    const { handle, print, into } = clip;
    const fits = (file: File) => printOf(file).then((own) => own === print, no);
    const read = async () => {
      if (into) await allowWriting(into);
      if (!handle) return null;
      await askAgain({ target: null, roots: [], files: new Map([[0, handle]]) });
      const file = await handle.getFile().catch(() => null);
      return file && (await fits(file)) ? file : null;
    };
    return { id, clip, read, fits, forget: () => dropClip(id) };
  } catch {
    // Where the browser keeps nothing there is nothing to offer.
    return null;
  }
}

const no = (): boolean => false;
