import { untilAborted, type AbortSignalLike } from './abort';

/** Lets asynchronous work run one piece after the other, in the order it was asked for. */
export class Turns {
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * Waits for all that came before, then works.
   *
   * @param signal Gives up: at once for who waits for the result; work that has begun is told by the
   *   same signal, and the next in line waits until it has ended.
   * @param work The work.
   * @returns What it gives.
   * @throws {unknown} What it throws, or the signal's reason.
   */
  take<T>(signal: AbortSignalLike | undefined, work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    // Nothing of a result is kept hold of.
    this.#tail = turn.then(nothing, nothing);
    return untilAborted(turn, signal);
  }

  /** Waits until all that was asked for so far has ended, however it did. */
  async ended(): Promise<void> {
    await this.#tail;
  }
}

function nothing(): void {}
