import { EnhanceError, troubleOf, type Trouble } from '../../core/errors';
import type { ClipStretch } from '../../core/film/clip';
import type { FilmFrame, FilmStep } from '../../core/film/step';
import type { Note } from '../../core/notes';
import { toEight } from '../../core/picture/depth';
import { gatherRows } from '../../core/picture/rows';
import type { Finish } from '../../core/recipe/finish';
import type { Recipe } from '../../core/recipe/recipe';
import { EtaMeter } from '../../core/run/eta';
import type { ClipReader } from '../../formats/clip/read';
import { ClipWriter, type ClipSink } from '../../formats/clip/write';
import { noMetadata } from '../../formats/metadata/metadata';
import type { ClipProgress, JobProgress, PhotoId, RunReport } from '../protocol';
import { PhotoFrames } from './frames';
import { OpenPhoto } from './photos';
import type { Runs } from './runs';
import { finishPicture } from './saving';

/** What is made of a clip. */
export type ClipJob = {
  readonly id: PhotoId;
  readonly clip: ClipReader;
  /** What is done to each picture, of which nothing is marked or painted. */
  readonly recipe: Recipe;
  readonly finish: Finish;
  readonly stretch: ClipStretch;
  /** Steps over the pictures as they are in the file, in their order. */
  readonly before: readonly FilmStep[];
  /** Steps over the finished pictures. */
  readonly after: readonly FilmStep[];
};

/** What a job on a clip obeys, tells and writes to. */
export type ClipHooks = {
  readonly signal: AbortSignal;
  readonly tell: (progress: ClipProgress) => void;
  /** Where the clip goes; memory where it is null. */
  readonly sink: ClipSink | null;
};

/** What a job on a clip made. */
export type ClipMade = {
  /** What was written, where that is memory. */
  readonly blob: Blob | null;
  readonly codec: string;
  /** Pictures that were written. */
  readonly frames: number;
  /** When the last of them ends, in seconds of the clip's own time. */
  readonly end: number;
  /** What was done to the last picture that was enhanced. */
  readonly run: RunReport;
  readonly notes: readonly Note[];
  /** Why it ended before its time; null where it did not. */
  readonly fault: Trouble | null;
};

/**
 * Makes a clip of a clip: its pictures are decoded, enhanced one by one and encoded as they come, and its sounds copied. Decoder and encoder are ahead
 * and behind of the network by a few pictures; no more of the clip is in memory.
 *
 * @param job What is made.
 * @param runs Enhances pictures.
 * @param hooks Cancel and progress.
 * @returns What was made, also where it was cancelled or failed in the middle: a clip as far as that.
 * @throws {DOMException} The signal's reason, where it was cancelled before there was a picture.
 * @throws {EnhanceError} What failed before there was one.
 */
export async function runClip(job: ClipJob, runs: Runs, hooks: ClipHooks): Promise<ClipMade> {
  const course = new ClipCourse(job, runs, hooks);
  return course.run();
}

class ClipCourse {
  readonly #job: ClipJob;
  readonly #runs: Runs;
  readonly #hooks: ClipHooks;
  readonly #notes = new Map<string, Note>();
  readonly #eta: EtaMeter;
  #report: RunReport | null = null;
  #writer: ClipWriter | null = null;
  #frames = 0;
  #end = 0;

  constructor(job: ClipJob, runs: Runs, hooks: ClipHooks) {
    this.#job = job;
    this.#runs = runs;
    this.#hooks = hooks;
    const { from, to } = job.stretch;
    this.#eta = new EtaMeter(Math.max(1, (to - from) * 1e6));
  }

  async run(): Promise<ClipMade> {
    const { before, after, clip, stretch } = this.#job;
    const { signal } = this.#hooks;
    let fault: Trouble | null = null;
    try {
      const source = clip.frames(stretch, () => this.#note({ note: 'cut-off', facts: {} }));
      const ready = stepped(source, before);
      for await (const frame of stepped(this.#enhanced(ready), after)) await this.#write(frame);
    } catch (error) {
      if (this.#frames === 0) {
        await this.#writer?.cancel();
        throw error;
      }
      fault = troubleOf(signal.aborted ? new EnhanceError('cancelled') : error);
    }
    if (!this.#writer || !this.#report)
      throw new EnhanceError('clip-unsupported', { lack: 'pictures', codec: '' });
    // Where it was cut short, so is the sound.
    const isAll = !fault && stretch.to >= clip.facts.to;
    const blob = await this.#writer.close(isAll ? Infinity : fault ? this.#end : stretch.to);
    return {
      ...{ blob, codec: this.#writer.codec, frames: this.#frames, end: this.#end, fault },
      ...{ run: this.#report, notes: [...this.#notes.values()] },
    };
  }

  async *#enhanced(source: AsyncIterable<FilmFrame>): AsyncGenerator<FilmFrame, void, undefined> {
    for await (const frame of source) {
      this.#hooks.signal.throwIfAborted();
      yield await this.#enhance(frame);
    }
  }

  async #enhance(frame: FilmFrame): Promise<FilmFrame> {
    const { id, recipe, finish } = this.#job;
    const { signal } = this.#hooks;
    const frames = new PhotoFrames(new OpenPhoto(id, frame.raster, noMetadata));
    const since = performance.now();
    this.#eta.start(since);
    try {
      const photo = await frames.hold(recipe);
      const { width, height } = photo.raster;
      const centre = { x: width / 2, y: height / 2 };
      const onProgress = (progress: JobProgress) => this.#follow(progress);
      const wish = { recipe, centre, since, onProgress, signal };
      this.#report = await this.#runs.enhance(photo, wish);
      for (const note of this.#report.notes) this.#note(note);
      const raster = toEight(await gatherRows(finishPicture(photo, finish, recipe.size)));
      return { ...frame, raster };
    } finally {
      frames.end();
      this.#eta.tick(frame.duration, performance.now());
    }
  }

  async #write(frame: FilmFrame): Promise<void> {
    const { clip, stretch } = this.#job;
    const { width, height } = frame.raster;
    const { container, from } = clip.facts;
    // A clip from its beginning keeps its own times.
    const origin = stretch.from > from ? stretch.from : 0;
    const wish = { container, size: { width, height }, origin };
    this.#writer ??= await ClipWriter.begin(wish, clip, this.#hooks.sink);
    await this.#writer.add(frame);
    this.#frames++;
    this.#end = (frame.at + frame.duration) / 1e6;
    this.#tell('run');
  }

  /** What of a picture's own progress is news: that a model is fetched or compiled. */
  #follow({ stage, fraction }: JobProgress): void {
    if (this.#frames > 0 || stage === 'run') return;
    const { signal, tell } = this.#hooks;
    const share = stage === 'download' ? fraction : 0;
    if (!signal.aborted) tell({ stage, fraction: share, etaSeconds: null, frames: 0 });
  }

  #tell(stage: ClipProgress['stage']): void {
    const { fraction, seconds: etaSeconds } = this.#eta;
    this.#hooks.tell({ stage, fraction, etaSeconds, frames: this.#frames });
  }

  // The same again is no news.
  #note(note: Note): void {
    this.#notes.set(JSON.stringify(note), note);
  }
}

/** Frames through steps, one step after the other. */
function stepped(
  source: AsyncIterable<FilmFrame>,
  steps: readonly FilmStep[],
): AsyncIterable<FilmFrame> {
  return steps.reduce(throughStep, source);
}

async function* throughStep(
  source: AsyncIterable<FilmFrame>,
  step: FilmStep,
): AsyncGenerator<FilmFrame, void, undefined> {
  for await (const frame of source) yield* step.push(frame);
  yield* step.flush();
}
