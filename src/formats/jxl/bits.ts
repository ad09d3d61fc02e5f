/** One of four ways in which a number is told: a value, or so many bits and what is added to them. */
type Way = number | readonly [bits: number, add: number];

/** Reads the bits of a JPEG XL's header, the lowest of each byte first. Source: ISO/IEC 18181-1, annex B. */
export class HeaderBits {
  readonly #bytes: Uint8Array;
  #at: number;

  /**
   * @param bytes The header's.
   * @param at How many bits of it are passed over.
   */
  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** How many bits of it have been read or passed over. */
  get at(): number {
    return this.#at;
  }

  /**
   * Reads bits.
   *
   * @param count How many, at most 32.
   * @returns Them as a number.
   * @throws {RangeError} Past the end.
   */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError('end');
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }

  /**
   * Reads a bit.
   *
   * @returns Whether it is set.
   * @throws {RangeError} Past the end.
   */
  flag(): boolean {
    return this.bits(1) === 1;
  }

  /**
   * Reads a number whose first two bits say how it is told.
   *
   * @param ways The four ways.
   * @returns The number.
   * @throws {RangeError} Past the end.
   */
  number(...ways: readonly [Way, Way, Way, Way]): number {
    const way = ways[this.bits(2)]!;
    return typeof way === 'number' ? way : this.bits(way[0]) + way[1];
  }

  /**
   * Reads one of a list's numbers.
   *
   * @returns It.
   * @throws {RangeError} Past the end.
   */
  choice(): number {
    return this.number(0, 1, [4, 2], [6, 18]);
  }
}

/** Writes the bits of a JPEG XL's header, as {@link HeaderBits} reads them. */
export class HeaderWriter {
  readonly #bits: number[] = [];

  /** How many bits have been written. */
  get length(): number {
    return this.#bits.length;
  }

  /**
   * Writes bits.
   *
   * @param value What they count to.
   * @param count How many.
   */
  bits(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.#bits.push(Math.floor(value / 2 ** i) & 1);
  }

  /**
   * Writes bits that are there already.
   *
   * @param bytes Where.
   * @param from The first one.
   * @param to The one after the last.
   */
  copy(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) this.#bits.push((bytes[at >> 3]! >> (at & 7)) & 1);
  }

  /**
   * What has been written.
   *
   * @returns It, the last byte filled up with zeros.
   */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    for (const [at, bit] of this.#bits.entries()) bytes[at >> 3]! |= bit << (at & 7);
    return bytes;
  }
}
