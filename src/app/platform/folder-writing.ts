import { faultOfFile, type FileFault } from '../../core/file-fault';

/** A folder does not take a file. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  /** Why. */
  readonly fault: FileFault;

  /**
   * @param fault Why.
   * @param cause What the browser threw.
   */
  constructor(fault: FileFault, cause: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}

/** A file of a folder that is written as its content comes. */
export type BegunFile = {
  /** Where it lies, with slashes. */
  readonly path: string;
  /** The file, empty; with leave to write. */
  readonly handle: FileSystemFileHandle;
  /** Takes it away: nothing whole came of it. */
  readonly drop: () => Promise<void>;
};

/** Writes results into a folder that the person chose, and never over a file that is there. */
export class FolderTarget {
  /** The folder itself. */
  readonly root: FileSystemDirectoryHandle;

  /** @param root The folder, with leave to write. */
  constructor(root: FileSystemDirectoryHandle) {
    this.root = root;
  }

  /** Its name. */
  get name(): string {
    return this.root.name;
  }

  /**
   * Whether a file is there already, and is no empty one, as a crash may leave behind, and not older than what it was made of.
   *
   * @param path With slashes, below the folder.
   * @param since When that was changed last, in milliseconds since 1970; 0 where nobody knows.
   * @returns False also where it cannot be told.
   */
  async has(path: string, since: number): Promise<boolean> {
    const { folders, name } = split(path);
    try {
      let folder = this.root;
      for (const each of folders) folder = await folder.getDirectoryHandle(each);
      const { size, lastModified } = await (await folder.getFileHandle(name)).getFile();
      return size > 0 && lastModified >= since;
    } catch {
      return false;
    }
  }

  /**
   * Writes a file that is not there yet, all of it or nothing.
   *
   * @param path With slashes, below the folder; folders are made. Where the name is taken it gets a number.
   * @param content What it is to hold.
   * @returns The path that was written.
   * @throws {FolderError} Where nothing was.
   */
  async write(path: string, content: Blob): Promise<string> {
    const put = (folder: FileSystemDirectoryHandle, name: string) => fill(folder, name, content);
    return (await this.#place(path, put)).path;
  }

  /**
   * Makes a file that is not there yet, to be written by somebody else.
   *
   * @param path As for {@link FolderTarget.write}.
   * @returns The file.
   * @throws {FolderError} Where there can be none.
   */
  async begin(path: string): Promise<BegunFile> {
    const begun = await this.#place(path, async (folder, name) => {
      const handle = await folder.getFileHandle(name, { create: true });
      return { handle, drop: () => folder.removeEntry(name).catch(() => undefined) };
    });
    return { path: begun.path, ...begun.made };
  }

  /** Makes something under a name that is free. */
  async #place<Made>(
    path: string,
    make: (folder: FileSystemDirectoryHandle, name: string) => Promise<Made>,
  ): Promise<{ readonly path: string; readonly made: Made }> {
    const { folders, name } = split(path);
    try {
      let folder = this.root;
      for (const each of folders) folder = await folder.getDirectoryHandle(each, { create: true });
      const free = await findFree(folder, name);
      return { made: await make(folder, free), path: [...folders, free].join('/') };
    } catch (error) {
      throw new FolderError(faultOfFile(error), error);
    }
  }
}

function split(path: string): { readonly folders: readonly string[]; readonly name: string } {
  const folders = path.split('/');
  const name = folders.pop()!;
  return { folders, name };
}

async function findFree(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? [];
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${stem} (${count})${ending}`;
    if (!(await isThere(folder, free))) return free;
  }
}

async function isThere(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    // An empty one is what a crash leaves behind of a file that was being written.
    return (await (await folder.getFileHandle(name)).getFile()).size > 0;
  } catch (error) {
    // A folder of that name is in the way, too.
    if (error instanceof Error && error.name === 'TypeMismatchError') return true;
    if (error instanceof Error && error.name === 'NotFoundError') return false;
    throw error;
  }
}

async function fill(folder: FileSystemDirectoryHandle, name: string, content: Blob): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    const writable = await handle.createWritable();
    try {
      await writable.write(content);
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // What was made for it is empty.
    await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
}
