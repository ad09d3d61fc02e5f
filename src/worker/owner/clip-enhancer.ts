import type { FilmFrame } from '../../core/film/step';
import { toEight } from '../../core/picture/depth';
import { gatherPicture } from '../../core/picture/picture';
import { gatherRows } from '../../core/picture/rows';
import { isNeutralFinish, type Finish } from '../../core/recipe/finish';
import type { Recipe } from '../../core/recipe/recipe';
import { noMetadata } from '../../formats/metadata/metadata';
import type { PhotoId } from '../protocol';
import type { ProgressListener, RunReport } from '../reports';
import { PhotoFrames } from './frames';
import { OpenPhoto } from './photos';
import { RunSeries } from './run-series';
import type { Runs } from './runs';
import { finishPicture } from './saving';

/** What is done to each picture of a clip. */
export type PictureWork = {
  readonly id: PhotoId;
  readonly recipe: Recipe;
  readonly finish: Finish;
};

/** What work on the pictures of a clip obeys and tells. */
export type PictureHooks = {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
  /** A picture was enhanced. */
  readonly onReport: (report: RunReport) => void;
};

/** A picture that the networks have made, in what it was made in, until that is ended. */
export type EnhancedFrame = {
  readonly frame: FilmFrame;
  readonly photo: OpenPhoto;
  readonly end: () => void;
};

/** The pictures of a clip, each a photo with the owner's one chain, planned together; to be made anew after a failure. */
export class ClipEnhancer {
  readonly #work: PictureWork;
  readonly #runs: Pick<Runs, 'enhance'>;
  readonly #hooks: PictureHooks;
  readonly #series: RunSeries;

  /**
   * @param work What is done to each.
   * @param runs Enhances them.
   * @param hooks Cancel and progress.
   * @param series What all of them are planned by.
   */
  constructor(
    work: PictureWork,
    runs: Pick<Runs, 'enhance'>,
    hooks: PictureHooks,
    series = new RunSeries(),
  ) {
    this.#series = series;
    this.#work = work;
    this.#runs = runs;
    this.#hooks = hooks;
  }

  /**
   * Pictures as the networks make them.
   *
   * @param source The pictures.
   * @yields Each, to be ended by the receiver.
   * @throws {unknown} What a run fails with, or the signal's reason.
   */
  async *enhanced(
    source: AsyncIterable<FilmFrame>,
  ): AsyncGenerator<EnhancedFrame, void, undefined> {
    for await (const frame of source) {
      this.#hooks.signal.throwIfAborted();
      yield await this.#enhance(frame);
    }
  }

  /**
   * Pictures as they are seen.
   *
   * @param source Those that the networks have made; ended here.
   * @yields Each, finished, of its size and in 8 bits.
   */
  async *finished(
    source: AsyncIterable<EnhancedFrame>,
  ): AsyncGenerator<FilmFrame, void, undefined> {
    const { finish, recipe } = this.#work;
    const isAsMade = isNeutralFinish(finish) && !recipe.size;
    for await (const { frame, photo, end } of source)
      try {
        const made = isAsMade
          ? await gatherPicture(photo.withResult().result)
          : await gatherRows(finishPicture(photo, finish, recipe.size));
        yield { ...frame, raster: toEight(made) };
      } finally {
        end();
      }
  }

  async #enhance(frame: FilmFrame): Promise<EnhancedFrame> {
    const { id, recipe } = this.#work;
    const { signal, onProgress, onReport } = this.#hooks;
    const frames = new PhotoFrames(new OpenPhoto(id, frame.raster, noMetadata));
    const end = () => frames.end();
    try {
      const photo = await frames.hold(recipe);
      const { width, height } = photo.raster;
      const centre = { x: width / 2, y: height / 2 };
      const since = performance.now();
      const wish = { recipe, centre, since, onProgress, signal, series: this.#series };
      onReport(await this.#runs.enhance(photo, wish));
      return { frame, photo, end };
    } catch (error) {
      end();
      throw error;
    }
  }
}
