import { EnhanceError, troubleOf, type Trouble } from '../../core/errors';
import type { FileFault } from '../../core/file-fault';
import {
  originOf,
  type ClipContainer,
  type ClipMetadataWish,
  type ClipStretch,
} from '../../core/film/clip';
import type { ClipQuality } from '../../core/film/clip-quality';
import { filmOnArrays, type FilmWork } from '../../core/film/film-work';
import type { FilmFrame, FilmStep } from '../../core/film/step';
import { since, stepped } from '../../core/film/stream';
import type { Note } from '../../core/notes';
import type { Size } from '../../core/picture/rect';
import type { Finish } from '../../core/recipe/finish';
import type { Recipe } from '../../core/recipe/recipe';
import { workAhead } from '../../core/run/ahead';
import { EtaMeter } from '../../core/run/eta';
import type { ClipReader } from '../../formats/clip/read';
import type { ClipSegment } from '../../formats/clip/segment';
import { ClipWriter, CodingChangedError, type ClipSink } from '../../formats/clip/write';
import type { PhotoId } from '../protocol';
import type { ClipProgress, JobProgress, RunReport } from '../reports';
import { ClipEnhancer } from './clip-enhancer';
import { RunSeries } from './run-series';
import type { Runs } from './runs';
import type { SegmentLog } from './segment-log';

/** What is made of a clip. */
export type ClipJob = {
  readonly id: PhotoId;
  readonly clip: ClipReader;
  /** What is done to each picture, of which nothing is marked or painted. */
  readonly recipe: Recipe;
  readonly finish: Finish;
  readonly stretch: ClipStretch;
  /** What is written. */
  readonly container: ClipContainer;
  /** How its pictures are coded. */
  readonly quality: ClipQuality;
  /** What its file says of the clip; all that there is by default. */
  readonly metadata?: ClipMetadataWish | undefined;
  /** How much speech in its sounds is cleaned, 0..1. */
  readonly speech: number;
  /** Whether it is only looked at; false by default. */
  readonly isLook?: boolean;
  /** Steps over the pictures as they are in the file, in their order, and what works on their pixels; made anew where it is gone on with. */
  readonly before: (film: FilmWork) => readonly FilmStep[];
  /** Steps over the finished pictures of a clip that begins at some time, in microseconds; null for the first picture's. */
  readonly after: (start: number | null, film: FilmWork) => readonly FilmStep[];
};

/** Where a clip goes, and whether there is room for more. */
export type RoomySink = ClipSink & {
  /** Whether the disk has been full, or it is out of reach: nothing is to be added. */
  readonly isFull: boolean;
  /** Whether what it was given is out of reach, so that no clip is begun anew in its place; false by default. */
  readonly isFinal?: boolean;
};

/** A file that a clip is written to as it comes. */
export type ClipPlace = RoomySink & {
  /** Why it is out of reach; null where it is not. */
  readonly fault: FileFault | null;
  /** Ends writing; the file is there until {@link ClipPlace.remove}, and longer where it is the person's own. */
  finish(): Promise<File>;
  /** Lets go of it, and deletes what is not the person's own. */
  remove(): Promise<void>;
};

/** What a job on a clip obeys, tells and writes to. */
export type ClipHooks = {
  readonly signal: AbortSignal;
  readonly tell: (progress: ClipProgress) => void;
  /** Where the clip goes; memory where it is null. */
  readonly sink: RoomySink | null;
  /** What has been made of it before, and what is made now; null where nothing is kept. */
  readonly log: SegmentLog | null;
  /** What works on its pixels, the networks apart; arrays by default. */
  readonly film?: FilmWork;
  /** How many pictures decoder and networks are ahead of what takes them, each; 2 by default. */
  readonly ahead?: number;
};

const usualAhead = 2;

/** What a job on a clip made. */
export type ClipMade = {
  /** What was written, where that is memory. */
  readonly blob: Blob | null;
  readonly codec: string;
  readonly size: Size;
  /** Pictures that were written, and of these those that had been made before. */
  readonly frames: number;
  readonly known: number;
  /** When the last of them ends, in seconds of the clip's own time. */
  readonly end: number;
  /** What was done to the last picture that was enhanced; null where all had been made before. */
  readonly run: RunReport | null;
  readonly notes: readonly Note[];
  /** Why it ended before its time; null where it did not. */
  readonly fault: Trouble | null;
};

/**
 * Microseconds of source before a place from which steps over frames are given them again, so that they know what came before:
 * of what steady detail takes over from frame to frame, a hundredth is left after four seconds.
 */
const lead = { steps: 3e6, finished: 4e6, none: 5e5 };

/**
 * Makes a clip of a clip: its pictures are decoded, enhanced one by one and encoded as they come, all at once, and its sounds copied. Decoder and encoder
 * are ahead and behind of the network by a few pictures; no more of the clip is in memory. What is in the log is not made again, and a
 * failure in the middle is tried once more from the last segment on.
 *
 * @param job What is made.
 * @param runs Enhances pictures.
 * @param hooks Cancel, progress, and where it goes.
 * @returns What was made, also where it was cancelled or failed in the middle: a clip as far as that.
 * @throws {DOMException} The signal's reason, where it was cancelled before there was a picture.
 * @throws {CodingChangedError} Where what is in the log does not fit what is encoded now.
 * @throws {EnhanceError} What failed before there was a picture.
 */
export async function runClip(
  job: ClipJob,
  runs: Pick<Runs, 'enhance'>,
  hooks: ClipHooks,
): Promise<ClipMade> {
  const course = new ClipCourse(job, runs, hooks);
  return course.run();
}

class ClipCourse {
  readonly #job: ClipJob;
  readonly #runs: Pick<Runs, 'enhance'>;
  readonly #hooks: ClipHooks;
  readonly #notes = new Map<string, Note>();
  #eta!: EtaMeter;
  /** Share that had been made before. */
  #share = 0;
  #report: RunReport | null = null;
  #writer: ClipWriter | null = null;
  #frames = 0;
  #known = 0;
  /** When what is written begins and ends, in microseconds; null where there is nothing. */
  #from: number | null = null;
  #until: number | null = null;
  /** The same of whole segments, and their pictures. */
  #whole = { until: null as number | null, frames: 0 };
  /** What the pictures are planned by. */
  #series = new RunSeries();

  constructor(job: ClipJob, runs: Pick<Runs, 'enhance'>, hooks: ClipHooks) {
    this.#job = job;
    this.#runs = runs;
    this.#hooks = hooks;
  }

  async run(): Promise<ClipMade> {
    const { clip, stretch } = this.#job;
    const { signal } = this.#hooks;
    let fault: Trouble | null = null;
    try {
      await this.#recall();
      await this.#makeAll();
    } catch (error) {
      const isAnother = error instanceof CodingChangedError;
      const isNothing = this.#frames === 0 || (isAnother && !this.#hooks.sink?.isFinal);
      if (isNothing) await this.#writer?.cancel().catch(() => undefined);
      if (isNothing) throw error;
      // The segment that does not fit is let go of.
      if (isAnother) this.#backToWhole();
      fault = troubleOf(signal.aborted ? new EnhanceError('cancelled') : error);
    }
    const writer = this.#writer;
    if (!writer) throw new EnhanceError('clip-unsupported', { lack: 'pictures', codec: '' });
    const end = (this.#until ?? 0) / 1e6;
    // Where it was cut short, so is the sound.
    const isAll = !fault && stretch.to >= clip.facts.to;
    if (isAll && clip.isCut) this.#note({ note: 'cut-off', facts: {} });
    const blob = await this.#close(writer, isAll ? Infinity : fault ? end : stretch.to);
    for (const note of writer.notes) this.#note(note);
    return {
      ...{
        blob,
        codec: writer.codec,
        size: writer.size,
        frames: this.#frames,
        known: this.#known,
        end,
        fault,
      },
      ...{ run: this.#report, notes: [...this.#notes.values()] },
    };
  }

  async #close(writer: ClipWriter, until: number): Promise<Blob | null> {
    try {
      return await writer.close(until);
    } catch (error) {
      await writer.cancel().catch(() => undefined);
      // What is in the way of its end is the disk, whatever the library says.
      throw this.#hooks.sink?.isFull ? new EnhanceError('storage-full') : error;
    }
  }

  /** Writes what had been made before, also where it was cancelled: that is kept. */
  async #recall(): Promise<void> {
    const { from, to } = this.#job.stretch;
    for (const segment of this.#hooks.log?.segments() ?? []) {
      const { codedWidth: width = 0, codedHeight: height = 0 } = segment.config;
      const writer = await this.#begin({ width, height });
      await writer.put(segment);
      this.#from ??= segment.from;
      this.#frames = this.#known += segment.packets.length;
      this.#until = segment.until;
      this.#whole = { until: segment.until, frames: this.#frames };
      this.#series = new RunSeries(segment.models);
      if (this.#hooks.sink?.isFull) throw new EnhanceError('storage-full');
    }
    const all = Math.max(1, (to - from) * 1e6);
    const left = Math.max(1, to * 1e6 - (this.#until ?? from * 1e6));
    this.#share = this.#until === null ? 0 : Math.max(0, 1 - left / all);
    this.#eta = new EtaMeter(left);
    if (this.#frames > 0) this.#tell('run');
  }

  /** Makes what is left; what fails is tried again from the last segment on, once for each. */
  async #makeAll(): Promise<void> {
    for (let failed: number | null = -1; ;) {
      try {
        await this.#make();
        return;
      } catch (error) {
        const { until } = this.#whole;
        const { signal, sink } = this.#hooks;
        const isFinal = signal.aborted || sink?.isFull || error instanceof CodingChangedError;
        if (isFinal || failed === until || !this.#writer) throw error;
        failed = until;
        await this.#writer.drop();
        this.#eta.undo(Math.max(0, (this.#until ?? 0) - (until ?? 0)));
        this.#backToWhole();
      }
    }
  }

  #backToWhole(): void {
    this.#frames = this.#whole.frames;
    this.#until = this.#whole.until;
  }

  async #make(): Promise<void> {
    const { before, after, clip, stretch } = this.#job;
    const known = this.#whole.until;
    if (known !== null && known >= stretch.to * 1e6) return;
    const { film = filmOnArrays } = this.#hooks;
    const [early, late] = [before(film), after(this.#from, film)];
    const reach = early.length > 0 ? lead.steps : 0;
    const shown = late.length > 0 ? lead.finished : 0;
    const wanted = known === null ? stretch.from : (known - reach - shown - lead.none) / 1e6;
    const from = Math.max(stretch.from, wanted);
    const onEnd = () => this.#note({ note: 'cut-off', facts: {} });
    const decoded = clip.frames({ ...stretch, from }, onEnd, film.rasterOfYuv);
    const source = since(decoded, known, reach + shown);
    // Decoding, the networks and encoding are done by different parts of a machine: all work at once, each on pictures of its own.
    const { ahead = usualAhead } = this.#hooks;
    const ready = workAhead(since(stepped(source, early), known, shown), ahead);
    const pictures = this.#pictures();
    const enhanced = workAhead(pictures.enhanced(ready), ahead, ({ end }) => end());
    const made = workAhead(since(stepped(pictures.finished(enhanced), late), known, 0), ahead);
    this.#eta.start(performance.now());
    for await (const frame of made) await this.#write(frame);
  }

  #pictures(): ClipEnhancer {
    // What failed is planned anew, with the same networks: another would be seen.
    this.#series = new RunSeries(this.#series.kept);
    const hooks = {
      signal: this.#hooks.signal,
      onProgress: (progress: JobProgress) => this.#follow(progress),
      onReport: (report: RunReport) => {
        this.#report = report;
        for (const note of report.notes) this.#note(note);
      },
    };
    return new ClipEnhancer(this.#job, this.#runs, hooks, this.#series);
  }

  async #begin(size: Size): Promise<ClipWriter> {
    const { clip, container, stretch, quality, speech, metadata, isLook = false } = this.#job;
    const { sink, log, film = filmOnArrays } = this.#hooks;
    const origin = originOf(stretch, clip.facts);
    const keep = (segment: ClipSegment) => this.#keep(segment, log);
    const until = stretch.to >= clip.facts.to ? Infinity : stretch.to;
    const wish = {
      ...{ container, size, quality, origin, until, isLook },
      ...{ speech, keep, metadata, turn: film.yuvOfRaster },
    };
    this.#writer ??= await ClipWriter.begin(wish, clip, sink);
    return this.#writer;
  }

  #keep(segment: ClipSegment, log: SegmentLog | null): void {
    this.#whole.until = segment.until;
    this.#whole.frames += segment.packets.length;
    try {
      log?.add({ ...segment, models: this.#series.kept });
    } catch {
      // It is full: then the clip is gone on with from before this. The disk says so itself where the clip does not fit.
    }
  }

  async #write(frame: FilmFrame): Promise<void> {
    const { width, height } = frame.raster;
    const writer = await this.#begin({ width, height });
    await writer.add(frame);
    this.#from ??= frame.at;
    this.#frames++;
    this.#until = frame.at + frame.duration;
    this.#eta.tick(Math.max(1, frame.duration), performance.now());
    this.#tell('run');
    if (this.#hooks.sink?.isFull) throw new EnhanceError('storage-full');
  }

  /** What of a picture's own progress is news: that a model is fetched or compiled. */
  #follow({ stage, fraction }: JobProgress): void {
    if (this.#frames > 0 || stage === 'run') return;
    const { signal, tell } = this.#hooks;
    const share = stage === 'download' ? fraction : 0;
    if (!signal.aborted) tell({ stage, fraction: share, etaSeconds: null, frames: 0 });
  }

  #tell(stage: ClipProgress['stage']): void {
    const { fraction: done, seconds: etaSeconds } = this.#eta;
    const fraction = this.#share + (1 - this.#share) * done;
    this.#hooks.tell({ stage, fraction, etaSeconds, frames: this.#frames });
  }

  // The same again is no news.
  #note(note: Note): void {
    this.#notes.set(JSON.stringify(note), note);
  }
}
