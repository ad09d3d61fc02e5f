import { t } from '../../i18n/queue-words';
import { formatBytes } from '../../i18n/quantity';
import { guessClipBytes } from './clips/clip-size';
import type { Entry } from './entry.svelte';
import { guessResultBytes, sumResultBytes, type KnownResult } from './result-size';
import type { QueueSettings } from './queue-parts';
import type { Queue } from './queue.svelte';

/** A result lies here once, and once more in the archive that Save all makes of all. */
const copiesHere = 2;

/** What it works with. */
export type RoomParts = {
  /** Those whose results take room. */
  readonly queue: Pick<Queue, 'entries' | 'target'>;
  /** What is asked for of them. */
  readonly settings: () => QueueSettings;
  /** About how long the file of a result would be that was measured, and of which photo; null where none was. */
  readonly measured: () => { readonly entry: Entry; readonly bytes: number } | null;
  /** Bytes that this browser still has for the site; null where it does not say. */
  readonly measureFree: () => Promise<number | null>;
};

/** How much room the results of a queue take, and whether there is as much. */
export class QueueRoom {
  /** Bytes that this browser still has for the site; null where it does not say. */
  free = $state<number | null>(null);
  readonly #parts: RoomParts;

  /** @param parts What it works with. */
  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** Bytes of the results that are still to come, about; 0 where none are. */
  readonly bytes = $derived.by(() => {
    const { entries } = this.#parts.queue;
    const of = (isClip: boolean) => entries.filter(({ clip }) => (clip !== null) === isClip);
    return this.#sum(of(false)) + this.#sum(of(true));
  });

  /** What should be known of it before the queue begins, as a sentence; empty where nothing is to come. */
  get words(): string {
    const { bytes, free } = this;
    const { target } = this.#parts.queue;
    if (bytes === 0) return '';
    const size = formatBytes(bytes);
    if (target) return t('queue.sizeFolder', { size, folder: target.name });
    if (free === null) return t('queue.sizeUnknown', { size });
    return t('queue.sizeHere', { size, free: formatBytes(free) });
  }

  /** Measures what is free. Reads reactive state: to be called whenever something was done. */
  follow(): void {
    // What is kept of results takes room.
    for (const { output } of this.#parts.queue.entries) void output;
    void this.#parts.measureFree().then((free) => (this.free = free));
  }

  /**
   * Whether to begin.
   *
   * @returns Why not, as a sentence; or empty. Of a folder no browser tells how much room it has.
   */
  refuse(): string {
    const { bytes, free } = this;
    if (this.#parts.queue.target || free === null || copiesHere * bytes <= free) return '';
    return t('queue.noRoom', { size: formatBytes(copiesHere * bytes), free: formatBytes(free) });
  }

  /** About how many bytes the results of one kind are that are still to come. */
  #sum(entries: readonly Entry[]): number {
    const left = entries.filter((entry) => !entry.isOver);
    const done: KnownResult[] = entries.flatMap((entry) =>
      entry.output ? [{ guessed: this.#guess(entry), bytes: entry.output.bytes }] : [],
    );
    const one = done.length === 0 ? this.#parts.measured() : null;
    const isOfThese = one !== null && entries.includes(one.entry);
    const known = isOfThese ? [{ guessed: this.#guess(one.entry), bytes: one.bytes }] : done;
    return sumResultBytes(
      left.map((entry) => this.#guess(entry)),
      known,
    );
  }

  #guess({ source, own, clip }: Entry): number {
    const { fit, choice } = this.#parts.settings();
    if (clip) return guessClipBytes(source.bytes, clip.size, own ?? fit);
    return guessResultBytes(source, own ?? fit, choice);
  }
}
