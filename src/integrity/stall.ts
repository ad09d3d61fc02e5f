/**
 * Counts time, for a download.
 *
 * @param work Called once, unless the clock is stopped before.
 * @param ms After how many milliseconds.
 * @returns Stops it.
 */
export type Clock = (work: () => void, ms: number) => () => void;

/**
 * The browser's own {@link Clock}.
 *
 * @param work See there.
 * @param ms See there.
 * @returns See there.
 */
export const browserClock: Clock = (work, ms) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** Milliseconds without a byte after which a download has failed. */
export const stallMs = 15_000;

/** Watches a download: aborts once nothing has arrived for too long. */
export class StallWatch {
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #cancel: () => void = () => undefined;

  /**
   * Begins to watch.
   *
   * @param clock Counts the time.
   */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.feed();
  }

  /** Aborted once the download has stalled. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Something has arrived: the time counts from here. */
  feed(): void {
    this.#cancel();
    this.#cancel = this.#clock(() => this.#stop.abort(), stallMs);
  }

  /** Watches no longer. */
  end(): void {
    this.#cancel();
  }
}
