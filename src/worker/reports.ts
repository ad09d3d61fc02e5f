import type { Trouble } from '../core/errors';
import type { ClipContainer } from '../core/film/clip';
import type { Note } from '../core/notes';
import type { Rect, Size } from '../core/picture/rect';
import type { FilterName } from '../core/recipe/kinds';
import type { StepTask } from '../core/recipe/tasks';
import type { IntoTold } from './clip-request';

/** The stages of one run: all models are downloaded first, then each step is compiled and run. */
export type Stage = 'download' | 'compile' | 'run';

/** Called during a run: while models download, at each stage and at each finished patch. */
export type ProgressListener = (progress: JobProgress) => void;

/** See {@link ProgressListener}. */
export type JobProgress = {
  readonly stage: Stage;
  /** The step that is compiled or run; null while models download. */
  readonly task: StepTask | null;
  /** Which filter of the task is at work; left out while it is a network. */
  readonly filter?: FilterName;
  /** 0..1: of all downloads, or of the work of all steps. */
  readonly fraction: number;
  /** Seconds left of all steps; null until it can be estimated. */
  readonly etaSeconds: number | null;
  /**
   * Newly finished pixels of the present step. `rect` is in source pixels; `bitmap` shows it on the
   * grid of the result's preview (longest side at most `previewSide` of protocol.ts), its edges rounded to
   * whole pixels of it.
   */
  readonly patch?: { readonly rect: Rect; readonly bitmap: ImageBitmap };
};

/** A step of a run. */
export type StepRan = NetworkRan | FilterRan;

/** A network that ran, with its model's title. */
export type NetworkRan = {
  readonly kind: 'network';
  readonly task: StepTask;
  readonly model: string;
  /** Tiles that were run, and how many of them on the CPU. */
  readonly tiles: number;
  readonly cpuTiles: number;
  /** Bands copied back from the GPU; 0 on wasm. */
  readonly readBacks: number;
  /** Weights of the model that was used last; `fp16` computes in half precision. Only a person's own have `fp32`. */
  readonly precision: 'int8' | 'fp16' | 'fp32';
};

/** Arithmetic of our own that ran, on the CPU. */
export type FilterRan = {
  readonly kind: 'filter';
  readonly task: StepTask;
  readonly filter: FilterName;
  readonly seconds: number;
};

/** What really ran. */
export type RunReport = {
  /** Of the picture that is saved, where nothing else is asked for then. */
  readonly output: Size;
  /** In the order of work; what was done in regions is among them. */
  readonly steps: readonly StepRan[];
  /** Where the tiles ran: `mixed` where the CPU took over. */
  readonly backend: 'webgpu' | 'wasm' | 'mixed';
  /** True where the GPU is a software adapter, that is, the CPU. */
  readonly software: boolean;
  /** Adapter description, empty where the browser hides it. */
  readonly device: string;
  /** Wall-clock seconds of the whole run, download included. */
  readonly seconds: number;
  /** What the person should know, each thing once. */
  readonly notes: readonly Note[];
};

/** How far a clip is. */
export type ClipProgress = Pick<JobProgress, 'stage' | 'fraction' | 'etaSeconds'> &
  Partial<IntoTold> & {
    /** Pictures that are written. */
    readonly frames: number;
  };

/** See {@link ClipProgress}. */
export type ClipListener = (progress: ClipProgress) => void;

/** What was made of a clip. */
export type ClipReport = Size &
  IntoTold & {
    /**
     * The clip; the file it was written into, else on the disk where the browser keeps files for this site, as long as the clip it was
     * made of is open. Empty where an outlet was given it.
     */
    readonly file: Blob;
    readonly container: ClipContainer;
    /** What its pictures are coded in, by its proper name. */
    readonly codec: string;
    /** Its pictures, and how many of these had been made before. */
    readonly frames: number;
    readonly known: number;
    /** Seconds that it lasts, and that it took. */
    readonly length: number;
    readonly seconds: number;
    /** What was done to its last picture; null where all had been made before. */
    readonly run: RunReport | null;
    readonly notes: readonly Note[];
    /** Why it ends before its time, `cancelled` or a failure; null where it does not. */
    readonly fault: Trouble | null;
  };

/** A photo's result as a file. */
export type SavedFile = {
  readonly blob: Blob;
  /** What was meant to be in it and is not. */
  readonly notes: readonly Note[];
};
