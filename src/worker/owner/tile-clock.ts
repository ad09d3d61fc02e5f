/** Mean time of the tiles that were run, the first after each start left out: it compiles. */
export class TileClock {
  #last: number | null = null;
  #sum = 0;
  #count = 0;

  /** What lies between the last tile and the next is not a tile's time. */
  restart(): void {
    this.#last = null;
  }

  /**
   * Counts a tile.
   *
   * @param isFlat Whether it cost nothing (see `ArrayLoop`).
   * @param nowMs A clock's reading, in milliseconds.
   */
  tick(isFlat: boolean, nowMs: number): void {
    if (this.#last !== null && !isFlat) {
      this.#sum += nowMs - this.#last;
      this.#count++;
    }
    this.#last = nowMs;
  }

  /** In milliseconds; null before there is one. */
  get meanMs(): number | null {
    return this.#count === 0 ? null : this.#sum / this.#count;
  }
}
