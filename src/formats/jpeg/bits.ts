import type { Bytes } from '../metadata/metadata';
import { findSymbol, type Lookup } from './huffman';

/** Bytes of a piece of a scan that is handed over. */
const pieceBytes = 2 ** 20;

/** Reads the bits of a scan, in which a zero follows each FF. Source: ITU-T T.81, F.2.2.5. */
export class BitReader {
  readonly #bytes: Bytes;
  #at: number;
  /** The next bits, the first of them highest, and how many there are. */
  #held = 0;
  #count = 0;

  /**
   * @param bytes The file.
   * @param at Where the scan's bits begin.
   */
  constructor(bytes: Bytes, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /**
   * The next symbol.
   *
   * @param lookup Its table.
   * @returns 0..255.
   * @throws {RangeError} Where no code begins like this.
   */
  symbol(lookup: Lookup): number {
    if (this.#count < 16) this.#fill();
    const found = findSymbol(lookup, this.#held >>> 16);
    this.#skip(found >> 8);
    return found & 0xff;
  }

  /**
   * The next bits.
   *
   * @param count How many, 1 to 16.
   * @returns Them as a number.
   */
  bits(count: number): number {
    if (this.#count < count) this.#fill();
    const bits = this.#held >>> (32 - count);
    this.#skip(count);
    return bits;
  }

  #skip(count: number): void {
    this.#held <<= count;
    this.#count -= count;
  }

  /** Behind the end, which a marker is, come zeros. */
  #fill(): void {
    while (this.#count <= 24) {
      const byte = this.#bytes[this.#at] ?? 0xff;
      const isMarker = byte === 0xff && this.#bytes[this.#at + 1] !== 0;
      if (!isMarker) {
        this.#at += byte === 0xff ? 2 : 1;
        this.#held |= byte << (24 - this.#count);
      }
      this.#count += 8;
    }
  }
}

/** Writes the bits of a scan. Source: ITU-T T.81, F.1.2.3. */
export class BitWriter {
  /** Room for a zero behind the last byte. */
  #piece: Bytes = new Uint8Array(pieceBytes + 1);
  #at = 0;
  #held = 0;
  #count = 0;
  #pieces: Bytes[] = [];

  /**
   * Adds bits.
   *
   * @param value Them as a number.
   * @param count How many, 0 to 16.
   */
  put(value: number, count: number): void {
    this.#held = (this.#held << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#held >>> this.#count) & 0xff);
    }
  }

  /**
   * Hands over what is finished.
   *
   * @returns The next pieces of the scan.
   */
  take(): readonly Bytes[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /**
   * Ends the scan: ones fill up its last byte.
   *
   * @returns The rest of it.
   */
  end(): readonly Bytes[] {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    this.#pieces.push(this.#piece.slice(0, this.#at));
    this.#at = 0;
    return this.take();
  }

  #byte(byte: number): void {
    this.#piece[this.#at++] = byte;
    if (byte === 0xff) this.#piece[this.#at++] = 0;
    if (this.#at < pieceBytes) return;
    this.#pieces.push(this.#piece.slice(0, this.#at));
    this.#at = 0;
  }
}
