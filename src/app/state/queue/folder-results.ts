import { t } from '../../i18n/queue-words';
import { FolderError, type FolderTarget } from '../../platform/folder-writing';
import type { Entry } from './entry.svelte';
import { mergeWords } from './photo-work';

const folderWords = {
  refused: 'queue.refused',
  full: 'queue.full',
  gone: 'queue.folderGone',
  failed: 'queue.folderFailed',
} as const;

/** How many results in a row must not be written, nobody knows why, before it is the folder's fault and not the photo's. */
const mostMisses = 2;

/** Writes photos' results into a folder, where they lie from then on, and nowhere else. */
export class FolderResults {
  /** How many in a row were not written, nobody knows why. */
  #misses = 0;

  /**
   * Writes one.
   *
   * @param entry The photo, with its result: where the folder does not take that, it stays as it is, and where that may be the photo's own
   *   fault it is noted of it.
   * @param target The folder.
   * @param isOld Whether it was not written before: then it says nothing of the others.
   * @returns Why the folder takes no other, either, as a sentence; or empty.
   */
  async write(entry: Entry, target: FolderTarget, isOld: boolean): Promise<string> {
    const { path, blob } = entry.output ?? {};
    if (path === undefined || !blob) return '';
    const folder = target.name;
    const kept = t('queue.keptHere', { folder });
    try {
      const written = await target.write(path, blob);
      entry.output = { path: written, bytes: blob.size, blob: null, isSaved: true };
      entry.notes = entry.notes.filter((note) => note !== kept);
      this.#misses = 0;
      return '';
    } catch (error) {
      const fault = error instanceof FolderError ? error.fault : 'failed';
      if (fault !== 'failed') return t(folderWords[fault], { folder });
      entry.notes = mergeWords(entry.notes, [kept]);
      this.#misses = isOld ? 0 : this.#misses + 1;
      return this.#misses < mostMisses ? '' : t(folderWords.failed, { folder });
    }
  }
}
