import type { Clock } from '../../integrity/stall';
import type { FrameMessage } from '../protocol';

type Refusal = Extract<FrameMessage, { readonly type: 'failed' }>;

/** How many refusals are sent at a stretch, and for how long, in milliseconds, nothing more may have come before the next. */
const stretch = { most: 500, pauseMs: 20 };

/**
 * Sends what the frame says. Every request is answered, but to refuse a hundred thousand of them takes both
 * sides ten seconds, in which they hear nothing else: what is more than a host ever asks at once is refused
 * bit by bit, once it asks no more.
 */
export class Outbox {
  readonly #post: (message: FrameMessage) => void;
  readonly #clock: Clock;
  #left = stretch.most;
  #waiting: Refusal[] = [];
  #isPaused = false;
  #isQuiet = true;

  /**
   * @param post Sends a message.
   * @param clock Counts the pauses.
   */
  constructor(post: (message: FrameMessage) => void, clock: Clock) {
    this.#post = post;
    this.#clock = clock;
  }

  /**
   * Sends a message: a refusal perhaps later, anything else at once.
   *
   * @param message What.
   */
  send(message: FrameMessage): void {
    if (message.type !== 'failed') return this.#post(message);
    this.#waiting.push(message);
    this.#isQuiet = false;
    this.#empty();
  }

  /** Whether so many refusals wait that whoever asks for more work need not be read to be refused. */
  get isFull(): boolean {
    return this.#waiting.length >= stretch.most;
  }

  #empty(): void {
    if (this.#left > 0) {
      const due = this.#waiting.splice(0, this.#left);
      this.#left -= due.length;
      for (const message of due) this.#post(message);
    }
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#clock(() => this.#goOn(), stretch.pauseMs);
  }

  #goOn(): void {
    this.#isPaused = false;
    if (this.#isQuiet) this.#left = stretch.most;
    const isDone = this.#isQuiet && this.#waiting.length === 0;
    this.#isQuiet = true;
    if (!isDone) this.#empty();
  }
}
