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
