import { EnhanceError } from '../../core/errors';

/** Bytes that are held at most: two segments at the highest rate that may be asked for, and the description of a long film behind them. */
const mostBytes = 2 ** 27;

/** The end of a file, in memory: what its disk has no room for. */
export class FileEnd {
  /** Where in the file it begins. */
  readonly from: number;
  #room: Uint8Array<ArrayBuffer>;
  #length: number;

  /**
   * @param from Where it begins.
   * @param there What the file has from there on; becomes part of it.
   */
  constructor(from: number, there: Uint8Array<ArrayBuffer>) {
    this.from = from;
    this.#room = there;
    this.#length = there.length;
  }

  /** All that was written, from its beginning on; its own until the next write. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#length);
  }

  /**
   * Writes a part, perhaps over another.
   *
   * @param data The part; is copied.
   * @param position Where in the file it begins, not before {@link FileEnd.from}.
   * @throws {EnhanceError} `storage-full` where it would hold more than 128 MiB.
   */
  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    const at = position - this.from;
    const length = Math.max(this.#length, at + data.length);
    if (length > mostBytes) throw new EnhanceError('storage-full');
    if (length > this.#room.length) {
      const grown = new Uint8Array(Math.min(mostBytes, Math.max(length, 2 * this.#length)));
      grown.set(this.bytes);
      this.#room = grown;
    }
    this.#room.set(data, at);
    this.#length = length;
  }
}
