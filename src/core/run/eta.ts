/**
 * Estimates the time left of a chain of loops from the times of its finished parts: a running mean
 * per unit of work that forgets, so that a slow first part (shader compilation) or a machine that
 * slows down is followed.
 */
export class EtaMeter {
  #parts = 0;
  #done = 0;
  #mean: number | null = null;
  #last = 0;
  #kind = '';

  /** @param total All work, in any unit. */
  constructor(readonly total: number) {}

  /**
   * Sets the clock at the start of a loop, so that what lies between two loops is not counted.
   *
   * @param nowMs A clock's reading, in milliseconds.
   * @param kind Of its work: the pace of another kind counts until a part is done, and is then forgotten.
   */
  start(nowMs: number, kind = ''): void {
    this.#last = nowMs;
    if (kind !== this.#kind) this.#parts = 0;
    this.#kind = kind;
  }

  /**
   * Counts one finished part.
   *
   * @param work Its work, in the unit of `total`.
   * @param nowMs The same clock's reading.
   */
  tick(work: number, nowMs: number): void {
    const pace = (nowMs - this.#last) / work;
    this.#last = nowMs;
    this.#parts++;
    this.#done += work;
    // The first part is not typical: it is dropped as soon as there is a second.
    const share = this.#parts <= 2 ? 1 : Math.max(0.1, 1 / (this.#parts - 1));
    const mean = this.#mean ?? pace;
    this.#mean = mean + share * (pace - mean);
  }

  /**
   * Takes back work that must be done again.
   *
   * @param work In the unit of `total`.
   */
  undo(work: number): void {
    this.#done -= work;
  }

  /** Finished share, 0..1. */
  get fraction(): number {
    return Math.min(1, this.#done / this.total);
  }

  /** Seconds left, or null before the first part is done. */
  get seconds(): number | null {
    return this.#mean === null ? null : ((1 - this.fraction) * this.total * this.#mean) / 1000;
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
