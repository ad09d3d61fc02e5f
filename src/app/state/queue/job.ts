import type { Reply } from '../../../core/errors';
import type { Size } from '../../../core/picture/rect';
import type { FolderTarget } from '../../platform/folder-writing';
import type { EntryWork } from './entry.svelte';

/** Where a result goes, and who is told how far it is. */
export type JobPlace = {
  /** What it is to be called, with slashes. */
  readonly path: string;
  /** The folder that it goes into; null where it is kept until it is saved. */
  readonly target: FolderTarget | null;
  /** Is told how far it is, 0..1. */
  readonly tell: (fraction: number) => void;
};

/** What was done. */
export type JobDone = { readonly work: EntryWork; readonly notes: readonly string[] };

/** A result. */
export type JobResult = {
  readonly blob: Blob;
  /** Where it lies in the folder already; left out where it does not. */
  readonly written?: string;
  /** What was meant to be in it and is not. */
  readonly notes?: readonly string[];
};

/** What is to be done to an open photo or clip: known once it is open. */
export type Job = {
  /** Size of what comes of it. */
  readonly output: Size;
  /** By how much it is enlarged; a number between where a size is asked for. */
  readonly scale: number;
  /** Ending of the result's name. */
  readonly extension: string;
  /** Bytes of models that must still be downloaded. */
  readonly downloadBytes: number;
  /** Whether nothing is to be done, and the file itself is what would be written. */
  readonly isCopy: boolean;
  /** Does it; a failure leaves nothing in the folder. */
  readonly run: (place: JobPlace) => Promise<Reply<JobDone>>;
  /** Gives what came of it; asked once, after the run. */
  readonly save: () => Promise<Reply<JobResult>>;
  /** Takes away what lies in the folder already: it is not wanted any more. */
  readonly discard: () => Promise<void>;
};
