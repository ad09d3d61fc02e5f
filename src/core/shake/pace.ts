/** Awaited in the middle of long work, with the share of it that is done, 0..1; may reject to end it. */
export type Pause = (share: number) => Promise<void>;

/** Pixels read, or transformed to and fro, between two pauses: 20 ms of transforms. */
const pixelsAPause = 2 ** 19;

/** Awaits a pause whenever enough work is done. */
export class Pace {
  readonly #pause: () => Promise<void>;
  #pixels = 0;

  /** @param pause What is awaited; what it rejects with ends the work. */
  constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  /**
   * Counts work that was done.
   *
   * @param pixels How many were read, or transformed.
   */
  async after(pixels: number): Promise<void> {
    this.#pixels += pixels;
    if (this.#pixels < pixelsAPause) return;
    this.#pixels = 0;
    await this.#pause();
  }
}
