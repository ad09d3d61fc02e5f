import { clipContainers, type ClipContainer } from '../../core/film/clip';

/** What TypeScript's DOM does not know yet (https://wicg.github.io/file-system-access/). */
type WithFiles = typeof globalThis & {
  readonly showSaveFilePicker?: (options: {
    readonly id: string;
    readonly suggestedName: string;
    readonly types: readonly {
      readonly accept: Readonly<Record<string, readonly string[]>>;
    }[];
  }) => Promise<FileSystemFileHandle>;
};

/** Whether this browser writes into files that a person chooses. */
export const writesFiles: boolean = 'showSaveFilePicker' in globalThis;

/**
 * Asks for a file to write a clip into; within a press.
 *
 * @param suggestedName What it is called where the person gives it no other name.
 * @param container Of which container it is going to be.
 * @returns The file, with leave to write; null where none was chosen.
 */
export async function chooseClipFile(
  suggestedName: string,
  container: ClipContainer,
): Promise<FileSystemFileHandle | null> {
  const { showSaveFilePicker } = globalThis as WithFiles;
  const { mime, extension } = clipContainers[container];
  try {
    const types = [{ accept: { [mime]: [`.${extension}`] } }];
    const chosen = await showSaveFilePicker?.({ id: 'enlarger-clips', suggestedName, types });
    return chosen ?? null;
  } catch {
    return null;
  }
}
