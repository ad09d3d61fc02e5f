import type { LogFile } from '../src/worker/owner/segment-log';

/** A file in memory, which may have little room. */
export class MemoryFile implements LogFile {
  bytes: Uint8Array<ArrayBuffer>;
  readonly #room: number;

  /**
   * @param bytes What is in it.
   * @param room Bytes that it takes at most.
   */
  constructor(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(), room = Infinity) {
    this.bytes = bytes;
    this.#room = room;
  }

  /** @inheritdoc */
  size(): number {
    return this.bytes.length;
  }

  /** @inheritdoc */
  read(into: Uint8Array<ArrayBuffer>, at: number): number {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }

  /** @inheritdoc */
  write(data: Uint8Array<ArrayBuffer>, at: number): void {
    if (at + data.length > this.#room) throw new Error('full');
    const grown = new Uint8Array(Math.max(this.bytes.length, at + data.length));
    grown.set(this.bytes);
    grown.set(data, at);
    this.bytes = grown;
  }

  /** @inheritdoc */
  truncate(size: number): void {
    this.bytes = this.bytes.slice(0, size);
  }

  /** @inheritdoc */
  flush(): void {
    // It is there.
  }
}
