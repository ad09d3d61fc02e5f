import { untilAborted } from '../../core/abort';
import { filmOnArrays, type FilmWork } from '../../core/film/film-work';
import type { Made } from '../../core/film/step';
import type { FastFilm } from '../engine/fast-film';

/** Milliseconds in which a GPU that works has done a picture; a software adapter compiles for seconds. */
const patienceMs = 30_000;

/** How often a GPU may fail before arrays do the rest: a device that was lost is opened once more. */
const mostFailures = 2;

/**
 * Works on the pictures of one clip: on a GPU where there is one that is right, as long as it works, else on arrays. The picture that a GPU
 * fails at is made on arrays, so that none is lost; closed by its owner, once the clip is made.
 */
export class FilmDesk implements FilmWork {
  readonly #open: () => Promise<FastFilm | null>;
  #fast: Promise<FastFilm | null> | null = null;
  #failures = 0;
  /** What was tried on the present GPU. */
  #tried = new Map<keyof FilmWork, Promise<boolean>>();

  /**
   * @param open Opens what is faster, or null where there is none; called when it is first wanted, and once more after a failure.
   */
  constructor(open: () => Promise<FastFilm | null>) {
    this.#open = open;
  }

  readonly rasterOfYuv: FilmWork['rasterOfYuv'] = (...args) =>
    this.#make('rasterOfYuv', (work) => work.rasterOfYuv(...args));
  readonly yuvOfRaster: FilmWork['yuvOfRaster'] = (...args) =>
    this.#make('yuvOfRaster', (work) => work.yuvOfRaster(...args));
  readonly deband: FilmWork['deband'] = (...args) =>
    this.#make('deband', (work) => work.deband(...args));
  readonly applyGains: FilmWork['applyGains'] = (...args) =>
    this.#make('applyGains', (work) => work.applyGains(...args));
  readonly blendSteady: FilmWork['blendSteady'] = (...args) =>
    this.#make('blendSteady', (work) => work.blendSteady(...args));
  readonly mixMoved: FilmWork['mixMoved'] = (...args) =>
    this.#make('mixMoved', (work) => work.mixMoved(...args));

  /** Frees the GPU; what comes after this is done on arrays. */
  close(): void {
    this.#failures = mostFailures;
    void this.#fast?.then((fast) => fast?.close()).catch(() => undefined);
    this.#fast = null;
  }

  async #make<T>(name: keyof FilmWork, make: (work: FilmWork) => Made<T>): Promise<T> {
    if (this.#failures < mostFailures) {
      const opened = (this.#fast ??= this.#open());
      try {
        const fast = await opened;
        if (fast && (await this.#isRight(fast, name)))
          return await untilAborted(
            Promise.resolve(make(fast.work)),
            AbortSignal.timeout(patienceMs),
          );
      } catch {
        this.#fail(opened);
      }
    }
    return make(filmOnArrays);
  }

  /** One kind of work that is wrong on a GPU is done on arrays, and the others there. */
  #isRight(fast: FastFilm, name: keyof FilmWork): Promise<boolean> {
    const known = this.#tried.get(name);
    if (known) return known;
    const trial = untilAborted(fast.isRight(name), AbortSignal.timeout(patienceMs));
    this.#tried.set(name, trial);
    return trial;
  }

  /** Several pictures may be under way when a GPU fails: it does so once. */
  #fail(opened: Promise<FastFilm | null>): void {
    if (this.#fast !== opened) return;
    this.#failures++;
    this.#fast = null;
    this.#tried = new Map();
    void opened.then((fast) => fast?.close()).catch(() => undefined);
  }
}
