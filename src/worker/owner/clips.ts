import { EnhanceError } from '../../core/errors';
import type { FileFault } from '../../core/file-fault';
import { analyse, type Analysis } from '../../core/findings/analyse';
import {
  clipContainers,
  originOf,
  type ClipContainer,
  type ClipFacts,
  type ClipMetadataWish,
  type ThumbnailWish,
} from '../../core/film/clip';
import { bitRates, clipQualities, type ClipQuality } from '../../core/film/clip-quality';
import type { FilmWork } from '../../core/film/film-work';
import { createDeband } from '../../core/film/deband';
import { createDeflicker } from '../../core/film/deflicker';
import { createFrameRate, filmRates } from '../../core/film/frame-rate';
import { createSteadyDetail } from '../../core/film/steady-detail';
import type { Note } from '../../core/notes';
import type { Raster8 } from '../../core/picture/raster';
import { withoutPaint } from '../../core/recipe/finish';
import type { Frame } from '../../core/recipe/frame';
import { parseFinish } from '../../core/recipe/finish-parsing';
import { fitScale } from '../../core/recipe/fitting';
import { parseRecipe } from '../../core/recipe/parsing';
import { withoutMarks } from '../../core/recipe/recipe';
import { framedSize } from '../../core/frame/geometry';
import { optionValidator as check } from '../../core/validator';
import { ClipReader } from '../../formats/clip/read';
import type { Thumbnail } from '../../formats/clip/thumbnails';
import { CodingChangedError } from '../../formats/clip/write';
import type { ClipOutlet, ClipRequest } from '../clip-request';
import { openFastFilm } from '../engine/fast-film';
import type { OwnerOptions, PhotoId } from '../protocol';
import type { ClipListener, ClipReport } from '../reports';
import { openClipLog, type ClipLog } from './clip-file';
import { sweepClips } from './clip-folder';
import { ClipPictures, type ClipMoment } from './clip-pictures';
import { placeClip, type PlacedClip } from './clip-place';
import {
  runClip,
  type ClipHooks,
  type ClipJob,
  type ClipMade,
  type ClipPlace,
  type RoomySink,
} from './clip-run';
import { FilmDesk } from './film-desk';
import type { Runs } from './runs';

/** A clip that is open, and the file of what was made of it. */
type OpenClip = {
  readonly clip: ClipReader;
  readonly pictures: ClipPictures;
  place: ClipPlace | null;
  log: ClipLog | null;
  /** Whether what was made ended before its time: asked for again it is gone on with. */
  isPart: boolean;
  /** Whether the log stays when the clip is closed. */
  isLogLeft: boolean;
};

/** Who makes a clip of a clip, and what for. */
type ClipCall = Pick<OwnerOptions, 'backend' | 'host'> & {
  readonly signal: AbortSignal;
  readonly tell: ClipListener;
  readonly outlet?: ClipOutlet | undefined;
};

/** What opening a clip gives. */
export type ReadClip = {
  readonly clip: ClipReader;
  readonly raster: Raster8;
  readonly analysis: Analysis;
  readonly notes: readonly Note[];
};

/** The clips that are open, by the photos that their first pictures are. */
export class Clips {
  readonly #open = new Map<PhotoId, OpenClip>();

  constructor() {
    void sweepClips(Date.now());
  }

  /**
   * Opens a clip.
   *
   * @param file The file.
   * @param container Which container it is.
   * @returns The clip, to be kept or closed by the caller, and what was measured in its first picture. Motion blurs, and is not taken back unless that is asked for.
   * @throws {EnhanceError} As {@link ClipReader.open}.
   */
  async read(file: Blob, container: ClipContainer): Promise<ReadClip> {
    const clip = await ClipReader.open(file, container);
    const { poster: raster } = clip;
    const measured = analyse(raster, null);
    const analysis = { ...measured, blur: 0, effectiveResolution: 1, printed: false, faded: false };
    const notes: Note[] = [
      ...(clip.isCut ? [{ note: 'cut-off', facts: {} } as const] : []),
      ...(clip.isDeep ? [{ note: 'depth-lost', facts: {} } as const] : []),
    ];
    return { clip, raster, analysis, notes };
  }

  /**
   * Holds a clip from now on.
   *
   * @param id The photo that its first picture is.
   * @param clip The clip.
   */
  keep(id: PhotoId, clip: ClipReader): void {
    this.#open.set(id, {
      clip,
      pictures: new ClipPictures(),
      place: null,
      log: null,
      isPart: false,
      isLogLeft: false,
    });
  }

  /**
   * Lets go of a clip, and deletes what was made of it.
   *
   * @param id Which; one that is not open is no failure.
   */
  async close(id: PhotoId): Promise<void> {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.clip.close();
    open?.pictures.close();
    if (open) await this.#drop(open);
  }

  /**
   * Reads the pictures of a time.
   *
   * @param id Of which clip.
   * @param seconds Of its own time.
   * @param frame What is looked at of each; left out for all of it.
   * @returns The pictures, owned by the receiver.
   * @throws {EnhanceError} `photo-missing`; `file-cut-off` where there is none.
   */
  async picturesAt(id: PhotoId, seconds: number, frame: Frame | undefined): Promise<ClipMoment> {
    const open = this.#open.get(id);
    if (!open) throw new EnhanceError('photo-missing');
    const moment = await open.pictures.at(open.clip, seconds, frame);
    if (moment) return moment;
    const { title: format } = clipContainers[open.clip.facts.container];
    throw new EnhanceError('file-cut-off', { format, cause: 'no picture' });
  }

  /**
   * An open clip, for reading.
   *
   * @param id Which.
   * @returns The clip; stays open.
   * @throws {EnhanceError} `photo-missing`.
   */
  reader(id: PhotoId): ClipReader {
    const open = this.#open.get(id);
    if (!open) throw new EnhanceError('photo-missing');
    return open.clip;
  }

  /**
   * Small pictures from all over a clip.
   *
   * @param id Of which.
   * @param wish How many, and how large.
   * @returns See {@link ClipReader.thumbnails}.
   * @throws {EnhanceError} `photo-missing`.
   */
  thumbnails(id: PhotoId, wish: ThumbnailWish): AsyncGenerator<Thumbnail, void, undefined> {
    return this.reader(id).thumbnails(wish);
  }

  /**
   * Makes a clip of a clip.
   *
   * @param id Which.
   * @param request What is wanted.
   * @param runs Enhances pictures.
   * @param hooks Cancel, progress, and where it goes.
   * @param hooks.signal Ends it; what is done is kept.
   * @param hooks.tell Is told how far it is.
   * @param hooks.backend Which backend was asked for: whether a GPU works on the pictures.
   * @param hooks.host How it is used.
   * @param hooks.outlet Takes the file as it comes; the origin's private file system where there is none.
   * @returns What was made.
   * @throws {EnhanceError} `photo-missing`, `option-wrong`; else as {@link runClip}.
   */
  async enhance(
    id: PhotoId,
    request: ClipRequest,
    runs: Pick<Runs, 'enhance'>,
    { signal, tell, outlet, backend, host }: ClipCall,
  ): Promise<ClipReport> {
    const since = performance.now();
    const open = this.#open.get(id);
    if (!open) throw new EnhanceError('photo-missing');
    const { clip } = open;
    const { facts } = clip;
    const { isLook, isAppended, keepAs, outlives, work, into, ...job } = readRequest(
      request,
      facts,
    );
    const { container } = job;
    const log = isLook || outlet ? null : await this.#log(open, keepAs, work);
    const film = new FilmDesk(() => openFastFilm(backend, host));
    const make = (sink: RoomySink | null) => {
      const hooks = { signal, tell, sink, film, log: log?.segments ?? null };
      return this.#run({ id, clip, isLook, ...job }, runs, hooks);
    };
    const onLost = (lost: FileFault) =>
      tell({ stage: 'run', fraction: 0, etaSeconds: null, frames: 0, lost });
    const makeRoom = () => this.#drop(open);
    const sink = outlet && { write: outlet, isFull: false, isAppended, isFinal: true };
    try {
      const { made, place, file, lost } =
        isLook || sink
          ? inMemory(await make(sink ?? null))
          : await placeClip(container, into, { make, onLost, makeRoom });
      const { codec, size, frames, known, end, run, notes, fault } = made;
      // What was made before stays until there is something in its place.
      if (!isLook) await this.#drop(open);
      const isPart = fault !== null;
      if (!isLook) Object.assign(open, { place, log, isPart, isLogLeft: outlives && isPart });
      const from = Math.max(job.stretch.from, facts.from);
      const places = { from, until: end, origin: originOf(job.stretch, facts) };
      const shown = { file, container, ...places, frame: job.recipe.frame };
      if (!outlet) open.pictures.put(isLook ? 'look' : 'whole', shown);
      const length = end - from;
      const seconds = (performance.now() - since) / 1000;
      const what = { file, lost, container, codec, ...size, frames, known, length };
      return { ...what, seconds, run, notes, fault };
    } catch (error) {
      await log?.release(log.segments.until === null);
      throw error;
    } finally {
      film.close();
    }
  }

  /** The log of what is made: where that was begun here, the one that there is. */
  async #log(open: OpenClip, id: string | null, work: string): Promise<ClipLog | null> {
    const { log } = open;
    if (log?.id !== id || (id === null && !open.isPart)) return openClipLog(id, work);
    open.log = null;
    if (log.work === work) return log;
    await log.release(id === null);
    return openClipLog(id, work);
  }

  /** Where what was made before does not fit any more, all of it is made anew. */
  async #run(job: ClipJob, runs: Pick<Runs, 'enhance'>, hooks: ClipHooks): Promise<ClipMade> {
    try {
      return await runClip(job, runs, hooks);
    } catch (error) {
      if (!(error instanceof CodingChangedError)) throw error;
      hooks.log?.clear();
      return runClip(job, runs, hooks);
    }
  }

  async #drop(open: OpenClip): Promise<void> {
    const { place, log, pictures, isLogLeft } = open;
    pictures.drop('whole');
    open.place = open.log = null;
    await Promise.all([place?.remove(), log?.release(!isLogLeft)]);
  }
}

/** What is only looked at, or was given away as it came. */
function inMemory(made: ClipMade): PlacedClip {
  return { made, place: null, file: made.blob ?? new Blob(), lost: null };
}

function readRequest(request: ClipRequest, facts: ClipFacts) {
  const { recipe: wanted, finish, from, to, ...film } = check.object(request, 'clip');
  const flag = (name: 'isLook' | 'isAppended' | 'outlives' | 'deflicker' | 'steadyDetail') =>
    film[name] !== undefined && check.flag(film[name], `clip.${name}`);
  const share = (name: 'cleanSpeech' | 'deband') =>
    film[name] === undefined ? 0 : check.between(film[name], [0, 1], `clip.${name}`);
  const deband = share('deband');
  const quality = readQuality(film['quality']);
  const names = Object.keys(clipContainers) as ClipContainer[];
  const container = check.oneOf(film['container'] ?? facts.container, names, 'clip.container');
  const rate =
    film['rate'] === undefined ? null : check.oneOf(film['rate'], filmRates, 'clip.rate');
  const [isSteadied, isSteady] = [flag('deflicker'), flag('steadyDetail')];
  const recipe = withoutMarks(parseRecipe(wanted));
  const all = [facts.from, facts.to] as const;
  const begin = check.between(from, all, 'clip.from');
  const asked = {
    recipe: fitScale(recipe, framedSize(recipe.frame, facts)),
    finish: withoutPaint(parseFinish(finish)),
    stretch: { from: begin, to: check.between(to, [begin, facts.to], 'clip.to') },
  };
  return {
    ...asked,
    // Of what a log is: what the same pictures come out of.
    work: JSON.stringify([asked, isSteadied, isSteady, deband, rate, quality, container, facts]),
    quality,
    ...{ isLook: flag('isLook'), isAppended: flag('isAppended'), container },
    ...{ keepAs: readName(film['keepAs']), outlives: flag('outlives') },
    into: readFile(film['into']),
    speech: share('cleanSpeech'),
    metadata: readMetadata(film['metadata']),
    before: ({ applyGains: apply }: FilmWork) =>
      isSteadied ? [createDeflicker({ strength: 1, apply })] : [],
    // Pictures between are made of steady ones.
    after: (
      start: number | null,
      { blendSteady: blend, deband: smooth, mixMoved: mix }: FilmWork,
    ) => [
      ...(isSteady ? [createSteadyDetail({ strength: 1, blend })] : []),
      // Steadiness would take its grain for what is new.
      ...(deband > 0 ? [createDeband({ strength: deband, deband: smooth })] : []),
      ...(rate === null ? [] : [createFrameRate({ rate, start, mix })]),
    ],
  };
}

/** A name of a quality, or bits a second; what looks the same where none is asked for. */
function readQuality(quality: unknown): ClipQuality {
  if (quality === undefined) return 'same';
  return typeof quality === 'number'
    ? Math.round(check.between(quality, bitRates, 'clip.quality'))
    : check.oneOf(quality, clipQualities, 'clip.quality');
}

/** What is said of the clip; undefined where that is not asked for. */
function readMetadata(wish: unknown): ClipMetadataWish | undefined {
  if (wish === undefined) return undefined;
  const { keep, isAnonymous } = check.object(wish, 'clip.metadata');
  return {
    keep: check.flag(keep, 'clip.metadata.keep'),
    isAnonymous: check.flag(isAnonymous, 'clip.metadata.isAnonymous'),
  };
}

/** A name of a file; null where none is asked for. */
function readName(name: unknown): string | null {
  if (name === undefined) return null;
  const text = check.text(name, 'clip.keepAs');
  if (!/^[\w-]{1,64}$/.test(text)) throw check.wrong('clip.keepAs', 'text');
  return text;
}

/** A file that was chosen; null where none was. */
function readFile(file: unknown): FileSystemFileHandle | null {
  if (file === undefined) return null;
  if (file instanceof FileSystemFileHandle) return file;
  throw check.wrong('clip.into', 'object');
}
