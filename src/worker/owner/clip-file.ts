import { EnhanceError } from '../../core/errors';
import { clipContainers, type ClipContainer } from '../../core/film/clip';
import type { ClipSink } from '../../formats/clip/write';

/** The folder of the origin's private file system that clips are written in. */
const folderName = 'clips';

/** What a worker writes a file by, which TypeScript knows in workers alone; this is read by the programs of pages, too. */
type SyncAccess = {
  write(data: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
};

/** A file of such. */
type SyncFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncAccess>;
};

/** A file of the origin's private file system that a clip is written to as it comes, so that no memory holds it. */
export class ClipFile implements ClipSink {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #handle: FileSystemFileHandle;
  readonly #access: SyncAccess;

  private constructor(
    folder: FileSystemDirectoryHandle,
    handle: FileSystemFileHandle,
    access: SyncAccess,
  ) {
    this.#folder = folder;
    this.#handle = handle;
    this.#access = access;
  }

  /**
   * Makes an empty file.
   *
   * @param container Of which container.
   * @returns The file; null where the browser keeps nothing for this site: then memory has to hold the clip.
   */
  static async create(container: ClipContainer): Promise<ClipFile | null> {
    try {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(folderName, { create: true });
      const name = `${crypto.randomUUID()}.${clipContainers[container].extension}`;
      const handle = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
      return new ClipFile(folder, handle, await handle.createSyncAccessHandle());
    } catch {
      return null;
    }
  }

  /**
   * Writes a part.
   *
   * @param data The part.
   * @param position Where it begins.
   * @throws {EnhanceError} `storage-full`.
   */
  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    let done = 0;
    try {
      while (done < data.length) {
        const at = position + done;
        const written = this.#access.write(data.subarray(done), { at });
        if (written === 0) throw new EnhanceError('storage-full');
        done += written;
      }
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError')
        throw new EnhanceError('storage-full');
      throw error;
    }
  }

  /**
   * Ends writing.
   *
   * @returns The file, which lies on the disk until {@link ClipFile.remove}.
   */
  async finish(): Promise<File> {
    this.#access.flush();
    this.#access.close();
    return this.#handle.getFile();
  }

  /** Deletes the file; one that is gone is no failure. */
  async remove(): Promise<void> {
    this.#access.close();
    await this.#folder.removeEntry(this.#handle.name).catch(() => undefined);
  }
}
