import { FolderTarget } from './folder-writing';

/** What TypeScript's DOM does not know yet (https://wicg.github.io/file-system-access/). */
type WithFolders = typeof globalThis & {
  readonly showDirectoryPicker?: (options: {
    readonly id: string;
    readonly mode: 'readwrite';
  }) => Promise<FileSystemDirectoryHandle>;
};

/** Whether this browser writes into folders that a person chooses. */
export const writesFolders: boolean = 'showDirectoryPicker' in globalThis;

/**
 * Asks for a folder to write into; within a press.
 *
 * @returns The folder; null where none was chosen.
 */
export async function chooseFolder(): Promise<FolderTarget | null> {
  const { showDirectoryPicker } = globalThis as WithFolders;
  try {
    const root = await showDirectoryPicker?.({ id: 'enlarger-results', mode: 'readwrite' });
    return root ? new FolderTarget(root) : null;
  } catch {
    return null;
  }
}
