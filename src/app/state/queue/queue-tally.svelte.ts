import type { QueuePace } from '../../../core/queue/time-left';

/** How fast a queue goes: what it has done in the time that it has worked. */
export class QueueTally {
  pace = $state.raw<Omit<QueuePace, 'leftBytes'>>({ seconds: 0, doneBytes: 0 });
  readonly #now: () => number;
  /** When it began to work, or counted last; null while it does not. */
  #since: number | null = null;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** It works from now on. */
  begin(): void {
    this.#since = this.#now();
  }

  /** It works no more. */
  end(): void {
    this.count(0);
    this.#since = null;
  }

  /**
   * A file is done.
   *
   * @param bytes Its size.
   */
  count(bytes: number): void {
    const now = this.#now();
    const seconds = this.#since === null ? 0 : (now - this.#since) / 1000;
    if (this.#since !== null) this.#since = now;
    const { pace } = this;
    this.pace = { seconds: pace.seconds + seconds, doneBytes: pace.doneBytes + bytes };
  }
}
