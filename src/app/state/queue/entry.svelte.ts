import { twinKey } from '../../../core/queue/out-names';
import type { ClipFacts } from '../../../core/film/clip';
import type { PhotoId } from '../../../worker/protocol';
import { looksLikeClip, nameOf, type PhotoSource } from '../../platform/photo-source';
import { EntryClip } from './clips/entry-clip.svelte';
import type { Fit } from './fit';
import type { KeptRetouch } from './kept-retouch';

/**
 * Where a photo of a queue is: not begun; opened ahead; run; encoded and written; done; what went wrong is said; left out by the
 * person, or since its result is there already; its file is not to be had any more.
 */
export type EntryState =
  'waiting' | 'opening' | 'running' | 'saving' | 'done' | 'failed' | 'skipped' | 'gone';

/** What came of a photo. */
export type EntryOutput = {
  /** Where it lies, or what it is to be called, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** The file, as long as it lies nowhere else. */
  readonly blob: Blob | null;
  /** Whether the browser was given it to save. */
  readonly isSaved: boolean;
};

/** What was done to a photo, for the report. */
export type EntryWork = {
  /** What really ran, as a sentence. */
  readonly did: string;
  readonly seconds: number;
  /** Where the networks ran; empty where none did. */
  readonly where: string;
  readonly width: number;
  readonly height: number;
};

/** A photo of a queue, or a clip. */
export class Entry {
  /** Never given twice in a queue. */
  readonly id: number;
  source = $state.raw<PhotoSource>() as PhotoSource;
  state = $state<EntryState>('waiting');
  /** 0..1 of its run. */
  fraction = $state(0);
  /** Why it failed, or was left out, as a sentence; or empty. */
  fault = $state('');
  /** What the person should know of the photo and of its run. */
  notes = $state.raw<readonly string[]>([]);
  work = $state.raw<EntryWork | null>(null);
  output = $state.raw<EntryOutput | null>(null);
  /** What is asked for of it alone; null where it gets what all get. */
  own = $state.raw<Fit | null>(null);
  /** What was done to it by hand, whatever is asked for; null for nothing. */
  retouch = $state.raw<KeptRetouch | null>(null);
  /** What it has besides where it is a clip, by its name or, once it was open, in truth; null where it is a photo. */
  clip = $state.raw<EntryClip | null>(null);
  /** A small picture of it; null before there is one. Owned by the entry. */
  thumbnail = $state.raw<ImageBitmap | null>(null);
  /** Whether it failed for something beside it, and is tried once more with all the room there is. */
  isAlone = false;
  /** Its id in the worker, while it is open there. */
  photo: PhotoId | null = null;

  /**
   * @param id Which.
   * @param source The file.
   */
  constructor(id: number, source: PhotoSource) {
    this.id = id;
    this.source = source;
    this.clip = looksLikeClip(source.path) ? new EntryClip() : null;
  }

  /** What its file's path has in common with those that differ from it in their endings alone. */
  get twinKey(): string {
    return twinKey(this.source.path);
  }

  /** Name of its file, without folders. */
  get name(): string {
    return nameOf(this.source.path);
  }

  /**
   * It is open: whether it is a clip its name no longer says.
   *
   * @param facts What is known of it as a clip; undefined where it is a photo.
   */
  know(facts: ClipFacts | undefined): void {
    this.clip = facts ? (this.clip ?? new EntryClip()) : null;
    if (facts) this.clip?.know(facts);
  }

  /** Whether it is at one of the stations. */
  get isAtWork(): boolean {
    return this.state === 'opening' || this.state === 'running' || this.state === 'saving';
  }

  /** Whether nothing more is to be done to it. */
  get isOver(): boolean {
    return !this.isAtWork && this.state !== 'waiting';
  }

  /** Puts it back, as if nothing had been done. */
  reset(): void {
    this.state = 'waiting';
    this.fraction = 0;
    this.fault = '';
    this.notes = [];
    this.work = null;
    this.output = null;
  }

  /**
   * What was done to it by hand is gone: it is not done without before the person says so.
   *
   * @param fault Says that.
   */
  lose(fault: string): void {
    this.retouch = null;
    this.fault = fault;
    this.state = 'failed';
  }

  /** Lets go of its picture. */
  dispose(): void {
    this.thumbnail?.close();
    this.thumbnail = null;
  }
}
