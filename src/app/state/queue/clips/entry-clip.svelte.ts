import type { ClipFacts } from '../../../../core/film/clip';
import type { Size } from '../../../../core/picture/rect';
import { dropQueueClips, nameQueueClip } from '../../../platform/queue-clips';
import type { SetFilm } from './clip-film';

/** What a photo of a queue has beside a photo's that is a clip. */
export class EntryClip {
  /** How long it is, in seconds; null where nobody knows yet. */
  seconds = $state<number | null>(null);
  /** What was set under Film for it alone; null where it gets what all get. */
  film = $state.raw<SetFilm | null>(null);
  /** Of its pictures, in pixels; null where nobody knows yet. */
  size = $state.raw<Size | null>(null);
  /** Seconds that its run still takes; null while it is not run, or nobody knows. */
  secondsLeft = $state<number | null>(null);
  /** What is made of it is kept under this name: a run that ended early goes on from there. */
  readonly name: string;

  /** @param name What it was kept under before; a new one by default. */
  constructor(name: string = nameQueueClip()) {
    this.name = name;
  }

  /**
   * It is open.
   *
   * @param facts What is known of it.
   */
  know({ from, to, width, height }: ClipFacts): void {
    this.seconds = to - from;
    this.size = { width, height };
  }

  /** Deletes what was made of it here. */
  drop(): Promise<void> {
    return dropQueueClips([this.name]);
  }
}
