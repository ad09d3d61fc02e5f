import { queueSecondsLeft, type QueuePace, type QueueRest } from '../../../core/queue/time-left';
import type { Entry } from './entry.svelte';

/** What of an entry tells how long it still takes. */
export type TalliedEntry = Pick<Entry, 'isOver' | 'source' | 'clip'>;

/**
 * How many entries are in a state.
 *
 * @param entries All of a queue's. Reads reactive state.
 * @returns Those whose files have gone are among the failed; those at work are in none.
 */
export function countStates(entries: readonly Pick<Entry, 'state'>[]) {
  const counts = { done: 0, failed: 0, skipped: 0, waiting: 0 };
  for (const { state } of entries)
    if (state === 'gone') counts.failed++;
    else if (state in counts) counts[state as keyof typeof counts]++;
  return counts;
}

type Kind = 'photo' | 'clip';

const kindOf = ({ clip }: Pick<Entry, 'clip'>): Kind => (clip ? 'clip' : 'photo');

const none: QueuePace = { seconds: 0, doneBytes: 0 };

/** How fast a queue goes: what it has done in the time that it has worked, clips apart, of which a byte takes far longer. */
export class QueueTally {
  #paces = $state.raw<Readonly<Record<Kind, QueuePace>>>({ photo: none, clip: none });
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
    this.#since = null;
  }

  /**
   * A file is done.
   *
   * @param entry Which.
   */
  count(entry: Pick<Entry, 'source' | 'clip'>): void {
    const now = this.#now();
    const seconds = this.#since === null ? 0 : (now - this.#since) / 1000;
    if (this.#since !== null) this.#since = now;
    const kind = kindOf(entry);
    const pace = this.#paces[kind];
    const doneBytes = pace.doneBytes + entry.source.bytes;
    this.#paces = { ...this.#paces, [kind]: { seconds: pace.seconds + seconds, doneBytes } };
  }

  /**
   * How long entries will still take. A clip that is run says so itself. Reads reactive state.
   *
   * @param entries All of the queue's.
   * @returns Seconds; null where that is not known, or nothing is left.
   */
  secondsLeft(entries: readonly TalliedEntry[]): number | null {
    const left = entries.filter(({ isOver }) => !isOver);
    const rest = (kind: Kind): QueueRest => {
      const of = left.filter((entry) => kindOf(entry) === kind);
      const told = of.filter(({ clip }) => clip && clip.secondsLeft !== null);
      const others = of.filter((entry) => !told.includes(entry));
      return {
        pace: this.#paces[kind],
        leftBytes: others.reduce((sum, { source }) => sum + source.bytes, 0),
        ownSeconds: told.reduce((sum, { clip }) => sum + (clip?.secondsLeft ?? 0), 0),
      };
    };
    return queueSecondsLeft([rest('photo'), rest('clip')]);
  }
}
