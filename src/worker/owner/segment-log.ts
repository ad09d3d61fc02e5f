import { EnhanceError } from '../../core/errors';
import {
  lengthOfSegment,
  readSegment,
  segmentPrefix,
  writeSegment,
  type ClipSegment,
} from '../../formats/clip/segment';

/** A file that a log lies in. */
export type LogFile = {
  /** Its bytes. */
  size(): number;
  /** Fills as much of `into` as there is from `at` on; returns how much. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
  /** Writes all of `data`; throws where it cannot. */
  write(data: Uint8Array<ArrayBuffer>, at: number): void;
  /** Cuts it to so many bytes. */
  truncate(size: number): void;
  /** Has what was written lie on the disk. */
  flush(): void;
};

/** Bytes of the name of what is made, at the log's beginning. */
const nameBytes = 32;

/**
 * The segments of a clip that is being made, one after the other in a file, so that it is gone on with after a reload or a crash: a segment is
 * there whole or not at all. At the beginning stands of what they are.
 */
export class SegmentLog {
  readonly #file: LogFile;
  #end: number;
  /** When the first picture is shown, and what comes after the last, in microseconds of the source's time; null where there is none. */
  #from: number | null = null;
  #until: number | null = null;
  /** Whether one was not added: those after it are none that can be gone on with. */
  #isTorn = false;

  private constructor(file: LogFile, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /**
   * Opens a log. What is of something else is deleted, and what is not whole.
   *
   * @param file Where it lies; the caller's, who closes it.
   * @param name Of what the segments are, 32 bytes.
   * @returns The log.
   */
  static open(file: LogFile, name: Uint8Array<ArrayBuffer>): SegmentLog {
    const there = new Uint8Array(nameBytes);
    const isSame = file.read(there, 0) === nameBytes && there.every((x, i) => x === name[i]);
    const log = new SegmentLog(file, nameBytes);
    if (isSame) for (const { from, until } of log.#walk()) log.#count(from, until);
    else file.write(name, 0);
    file.truncate(log.#end);
    return log;
  }

  /** When its first picture is shown, in microseconds; null where there is none. */
  get from(): number | null {
    return this.#from;
  }

  /** When what comes after its last picture is shown; null where there is none. */
  get until(): number | null {
    return this.#until;
  }

  /** Its segments, read one by one; what comes after them may be added from then on. */
  *segments(): Generator<ClipSegment, void, undefined> {
    this.#isTorn = false;
    const end = this.#end;
    for (let at = nameBytes; at < end;) {
      const read = this.#read(at);
      if (!read) {
        // Where the browser gives no more of it, what comes after is made anew.
        this.#end = at;
        return;
      }
      yield read.segment;
      at += read.length;
    }
  }

  /**
   * Adds a segment; it lies on the disk then.
   *
   * @param segment After those before it.
   * @throws {unknown} Where there is no room for it, or was none for one before it: the log stays as it was.
   */
  add(segment: ClipSegment): void {
    if (this.#isTorn) throw new EnhanceError('storage-full');
    const bytes = writeSegment(segment);
    this.#isTorn = true;
    this.#file.write(bytes, this.#end);
    this.#file.flush();
    this.#isTorn = false;
    this.#end += bytes.length;
    this.#count(segment.from, segment.until);
  }

  /** Forgets all segments. */
  clear(): void {
    this.#isTorn = false;
    this.#end = nameBytes;
    this.#file.truncate(nameBytes);
    this.#from = this.#until = null;
  }

  *#walk(): Generator<ClipSegment, void, undefined> {
    for (;;) {
      const read = this.#read(this.#end);
      if (!read) return;
      this.#end += read.length;
      yield read.segment;
    }
  }

  #read(at: number): { readonly segment: ClipSegment; readonly length: number } | null {
    try {
      return this.#take(at);
    } catch {
      return null;
    }
  }

  #take(at: number): { readonly segment: ClipSegment; readonly length: number } | null {
    const prefix = new Uint8Array(segmentPrefix);
    const length = this.#file.read(prefix, at) === prefix.length ? lengthOfSegment(prefix) : null;
    if (length === null || at + length > this.#file.size()) return null;
    const bytes = new Uint8Array(length);
    this.#file.read(bytes, at);
    const segment = readSegment(bytes);
    return segment && { segment, length };
  }

  #count(from: number, until: number): void {
    this.#from ??= from;
    this.#until = until;
  }
}
