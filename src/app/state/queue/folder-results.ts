import { t } from '../../i18n/queue-words';
import { FolderError, type FolderTarget } from '../../platform/folder-writing';
import type { Entry } from './entry.svelte';

const folderWords = {
  refused: 'queue.refused',
  full: 'queue.full',
  gone: 'queue.folderGone',
  failed: 'queue.folderFailed',
} as const;

/**
 * Writes a photo's result into a folder, where it lies from then on, and nowhere else.
 *
 * @param entry The photo; where the folder does not take its result, that stays as it is.
 * @param target The folder.
 * @param path What it is to be called there, with slashes.
 * @param blob The result.
 * @returns Why the folder does not take it, as a sentence; or empty.
 */
export async function writeResult(
  entry: Entry,
  target: FolderTarget,
  path: string,
  blob: Blob,
): Promise<string> {
  try {
    const written = await target.write(path, blob);
    entry.output = { path: written, bytes: blob.size, blob: null, isSaved: true };
    return '';
  } catch (error) {
    const fault = error instanceof FolderError ? error.fault : 'failed';
    return t(folderWords[fault], { folder: target.name });
  }
}
