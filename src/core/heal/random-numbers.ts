/** Numbers that look random and are the same for the same seed (Marsaglia 2003, "Xorshift RNGs", 32 bits). */
export class RandomNumbers {
  #state: number;

  /** @param seed Whole. */
  constructor(seed: number) {
    // Never 0, which would stay 0; multiplied so that small seeds differ in all bits.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  }

  /**
   * A whole number, each as likely as another.
   *
   * @param far The largest, and below 0 the smallest.
   */
  within(far: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return ((state >>> 0) % (2 * far + 1)) - far;
  }
}
