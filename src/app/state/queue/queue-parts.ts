import type { SaveChoice } from '../photo/save-choice';
import type { Entry } from './entry.svelte';
import type { Fit } from './fit';
import type { QueueOwner } from './photo-work';
import type { QueueCare } from './queue-care';

/** What is asked for of all photos, and how they are written. */
export type QueueSettings = { readonly fit: Fit; readonly choice: SaveChoice };

/** What a queue works with. */
export type QueueParts = {
  readonly owner: QueueOwner;
  /** What is asked for as the queue begins. */
  readonly settings: () => QueueSettings;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Makes a photo's small picture of its preview, which stays the caller's. */
  readonly depict: (entry: Entry, preview: ImageBitmap) => Promise<void>;
  /** Holds it back, until the person insists. */
  readonly care: Pick<QueueCare, 'refuse' | 'insist'>;
  /** Why it should not begin at all, as a sentence, until the person insists; or empty. */
  readonly refuse: () => string;
};
