import { EnhanceError } from '../../core/errors';
import { clipContainers, type ClipContainer } from '../../core/film/clip';
import { faultOfFile, type FileFault } from '../../core/file-fault';
import { clipFolder, keptPrefix } from './clip-folder';
import type { ClipPlace } from './clip-run';
import { FileEnd } from './file-end';
import { holdFile, type HeldFile, type SyncAccess } from './held-file';
import { SegmentLog } from './segment-log';

/**
 * A file of the origin's private file system that a clip is written to as it comes, so that no memory holds it. What the disk has no room for is
 * held in memory: a clip that is ended then is whole as far as it was made.
 */
export class ClipFile implements ClipPlace {
  readonly #file: HeldFile;
  #onFull: () => Promise<void> = () => Promise.resolve();
  #end: FileEnd | null = null;
  /** Why it can be neither written nor ended any more, as where the browser has withdrawn what it keeps for this site; null where it can. */
  fault: FileFault | null = null;

  private constructor(file: HeldFile) {
    this.#file = file;
  }

  /**
   * Makes an empty file.
   *
   * @param container Of which container.
   * @returns The file; null where the browser keeps nothing for this site: then memory has to hold the clip.
   */
  static async create(container: ClipContainer): Promise<ClipFile | null> {
    const file = await holdFile(
      clipFolder,
      `${crypto.randomUUID()}.${clipContainers[container].extension}`,
    );
    return file && new ClipFile(file);
  }

  /** Whether the disk is full, so that what is there is to be ended and little added, or it is out of reach. */
  get isFull(): boolean {
    return this.#end !== null || this.fault !== null;
  }

  /**
   * Says what makes room where the disk is full.
   *
   * @param makeRoom Deletes what can be done without.
   */
  whenFull(makeRoom: () => Promise<void>): void {
    this.#onFull = makeRoom;
  }

  /**
   * Writes a part.
   *
   * @param data The part.
   * @param position Where it begins.
   * @throws {EnhanceError} `storage-full`, where memory holds too much of it.
   * @throws {unknown} Where it cannot be written at all; then there is a {@link ClipFile.fault}.
   */
  async write(data: Uint8Array<ArrayBuffer>, position: number): Promise<void> {
    if (!this.#end) {
      if (this.#put(data, position)) return;
      await this.#onFull();
      if (this.#put(data, position)) return;
    }
    const end = (this.#end ??= this.#cut(position));
    const onDisk = Math.max(0, Math.min(data.length, end.from - position));
    // Over what is there no room is needed.
    if (onDisk > 0 && !this.#put(data.subarray(0, onDisk), position))
      throw new EnhanceError('storage-full');
    if (onDisk < data.length) end.write(data.subarray(onDisk), position + onDisk);
  }

  /**
   * Ends writing.
   *
   * @returns The file, which lies on the disk until {@link ClipFile.remove}, but for what memory holds.
   */
  async finish(): Promise<File> {
    const { access, handle } = this.#file;
    try {
      access.flush();
      access.close();
      const file = await handle.getFile();
      const end = this.#end;
      if (!end) return file;
      return new File([file.slice(0, end.from), end.bytes], file.name, { type: file.type });
    } catch (error) {
      this.fault ??= faultOfFile(error);
      throw error;
    }
  }

  /** Deletes the file; one that is gone is no failure. */
  remove(): Promise<void> {
    return this.#file.release(true);
  }

  /** Writes on the disk; false where that has no room for all of it. */
  #put(data: Uint8Array<ArrayBuffer>, position: number): boolean {
    return this.#try(() => {
      try {
        writeAll(this.#file.access, data, position);
        return true;
      } catch (error) {
        if (error instanceof EnhanceError && error.code === 'storage-full') return false;
        throw error;
      }
    });
  }

  /** Takes what lies from a place on into memory. */
  #cut(position: number): FileEnd {
    const { access } = this.#file;
    return this.#try(() => {
      const there = new Uint8Array(Math.max(0, access.getSize() - position));
      return new FileEnd(position, there.subarray(0, access.read(there, { at: position })));
    });
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.fault ??= faultOfFile(error);
      throw error;
    }
  }
}

/** Milliseconds that a log is waited for which another worker had. */
const goingMs = 10_000;

/** The log of a clip that is being made, and its file. */
export type ClipLog = {
  /** What it is gone on with by another day; null where it is not. */
  readonly id: string | null;
  /** Of what it is: what the same bytes come out of. */
  readonly work: string;
  readonly segments: SegmentLog;
  /** Lets go of the file, and deletes it where that is wanted. */
  readonly release: (isDeleted: boolean) => Promise<void>;
};

/**
 * Opens the log of a clip.
 *
 * @param id What it is gone on with by another day; null where it is not.
 * @param work Of what it is: what the same bytes come out of.
 * @returns The log; null where the browser keeps nothing for this site.
 */
export async function openClipLog(id: string | null, work: string): Promise<ClipLog | null> {
  const file =
    id === null
      ? await holdFile(clipFolder, `${crypto.randomUUID()}.log`)
      : await holdFile(clipFolder, `${keptPrefix}${id}.log`, goingMs);
  if (!file) return null;
  const { access } = file;
  const release = (isDeleted: boolean) => file.release(isDeleted);
  try {
    const bytes = new TextEncoder().encode(work);
    const name = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const port = {
      size: () => access.getSize(),
      read: (into: Uint8Array<ArrayBuffer>, at: number) => access.read(into, { at }),
      write: (data: Uint8Array<ArrayBuffer>, at: number) => writeAll(access, data, at),
      truncate: (size: number) => access.truncate(size),
      flush: () => access.flush(),
    };
    return { id, work, segments: SegmentLog.open(port, name), release };
  } catch {
    // Without room for it the clip is made all the same.
    await release(true);
    return null;
  }
}

function writeAll(access: SyncAccess, data: Uint8Array<ArrayBuffer>, position: number): void {
  let done = 0;
  try {
    while (done < data.length) {
      const rest = data.subarray(done);
      const written = access.write(rest, { at: position + done });
      // Where the room ends in the middle, Chromium gives its error, -8, as an unsigned number.
      if (written === 0 || written > rest.length) throw new EnhanceError('storage-full');
      done += written;
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError')
      throw new EnhanceError('storage-full');
    throw error;
  }
}
