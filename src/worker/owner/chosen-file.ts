import { faultOfFile, type FileFault } from '../../core/file-fault';
import type { ClipPlace } from './clip-run';

/**
 * A file that a person chose, to which a clip is written as it comes. The browser writes beside it: what lay in it stays until the clip is
 * finished, and where a write fails all of what was written is out of reach.
 */
export class ChosenFile implements ClipPlace {
  readonly #handle: FileSystemFileHandle;
  #stream: FileSystemWritableFileStream | null = null;
  /** Why it takes no more; null where it does. */
  fault: FileFault | null = null;

  private constructor(handle: FileSystemFileHandle) {
    this.#handle = handle;
  }

  /**
   * Begins to write; where that cannot be, each write fails.
   *
   * @param handle The file, with leave to write.
   * @returns The file.
   */
  static async open(handle: FileSystemFileHandle): Promise<ChosenFile> {
    const file = new ChosenFile(handle);
    const begin = () => handle.createWritable();
    file.#stream = await file.#try(begin).catch(() => null);
    return file;
  }

  /** Whether it takes no more. */
  get isFull(): boolean {
    return this.fault !== null;
  }

  /**
   * Writes a part.
   *
   * @param data The part.
   * @param position Where it begins.
   * @throws {unknown} Where it cannot be written; then there is a {@link ChosenFile.fault}.
   */
  async write(data: Uint8Array<ArrayBuffer>, position: number): Promise<void> {
    await this.#try(() => this.#stream!.write({ type: 'write', data, position }));
  }

  /**
   * Puts what was written in the place of what lay in it.
   *
   * @returns The file as it is now.
   * @throws {unknown} As {@link ChosenFile.write}.
   */
  async finish(): Promise<File> {
    const stream = this.#stream!;
    await this.#try(() => stream.close());
    this.#stream = null;
    return this.#try(() => this.#handle.getFile());
  }

  /** Leaves the file as it is: what was written and not finished is let go of. */
  async remove(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    await stream?.abort().catch(() => undefined);
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.fault ??= faultOfFile(error);
      throw error;
    }
  }
}
