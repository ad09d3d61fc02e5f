/**
 * Estimates the time left of a loop from the times of its finished parts: a running mean that
 * forgets, so that a slow first tile (shader compilation) or a machine that slows down is followed.
 */
export class EtaMeter {
  #done = 0;
  #mean = 0;
  #last: number;

  /**
   * @param total Number of parts.
   * @param startMs A clock's reading at the start, in milliseconds.
   */
  constructor(
    readonly total: number,
    startMs: number,
  ) {
    this.#last = startMs;
  }

  /**
   * Counts one finished part.
   *
   * @param nowMs The same clock's reading.
   */
  tick(nowMs: number): void {
    const took = nowMs - this.#last;
    this.#last = nowMs;
    this.#done++;
    // The first part is not typical: it is dropped as soon as there is a second.
    const share = this.#done <= 2 ? 1 : Math.max(0.1, 1 / (this.#done - 1));
    this.#mean += share * (took - this.#mean);
  }

  /** Finished share, 0..1. */
  get fraction(): number {
    return this.#done / this.total;
  }

  /** Seconds left, or null before the first part is done. */
  get seconds(): number | null {
    return this.#done === 0 ? null : ((this.total - this.#done) * this.#mean) / 1000;
  }
}

/**
 * Peak signal-to-noise ratio of two equally long 8-bit sequences.
 *
 * @param a Values in 0..255.
 * @param b Values in 0..255.
 * @returns Decibels; Infinity when equal.
 */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 ** 2 * a.length) / sum);
}
