import type { PhotoSource } from './photo-source';

/** Access to files and folders on the disk, which outlives the page; a browser keeps it, and asks the person again. */
export type FileAccess = {
  /** The folder that results go into. */
  readonly target: FileSystemDirectoryHandle | null;
  /** Folders that photos came with. */
  readonly roots: readonly FileSystemDirectoryHandle[];
  /** Photos that came by themselves, by their numbers. */
  readonly files: ReadonlyMap<number, FileSystemFileHandle>;
};

/** What TypeScript's DOM does not know yet (https://wicg.github.io/file-system-access/). */
type Asking = FileSystemHandle & {
  readonly requestPermission?: (how: { readonly mode: 'read' | 'readwrite' }) => Promise<string>;
};

/**
 * Asks for leave to use what was used before; within a press. What is refused fails when it is used; where there is leave still, nobody is
 * asked.
 *
 * @param access What was used. The browser asks once for all of it, or for each.
 */
export async function askAgain({ target, roots, files }: FileAccess): Promise<void> {
  const ask = (handle: Asking, mode: 'read' | 'readwrite') =>
    handle.requestPermission?.({ mode }).catch(() => undefined);
  if (target) await ask(target, 'readwrite');
  for (const handle of [...roots, ...files.values()]) await ask(handle, 'read');
}

/**
 * A photo of a folder that was given access to before.
 *
 * @param root The folder.
 * @param facts What was known of the photo; its path begins with the folder's name.
 * @returns Its file is looked for anew each time.
 */
export function sourceIn(
  root: FileSystemDirectoryHandle,
  facts: Pick<PhotoSource, 'path' | 'bytes' | 'modified'>,
): PhotoSource {
  const read = async () => {
    const folders = facts.path.split('/').slice(1);
    const name = folders.pop()!;
    let folder = root;
    for (const each of folders)
      folder = await find(folder, each, 'directory', () => folder.getDirectoryHandle(each));
    return (await find(folder, name, 'file', () => folder.getFileHandle(name))).getFile();
  };
  return { ...facts, read, root };
}

type Kinds = { readonly file: FileSystemFileHandle; readonly directory: FileSystemDirectoryHandle };
type Listed = { readonly values: () => AsyncIterable<Kinds[keyof Kinds]> };

/** Chromium lists names that it does not take from a page, such as of emoji that are joined or of Persian. */
async function find<Kind extends keyof Kinds>(
  folder: FileSystemDirectoryHandle,
  name: string,
  kind: Kind,
  ask: () => Promise<Kinds[Kind]>,
): Promise<Kinds[Kind]> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    for await (const each of (folder as unknown as Listed).values())
      if (each.kind === kind && each.name === name) return each as Kinds[Kind];
    throw error;
  }
}
