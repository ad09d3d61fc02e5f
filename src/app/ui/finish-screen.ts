import type { Size } from '../../core/picture/rect';
import type { Finish } from '../../core/recipe/finish';
import type { ColourDrift } from '../../core/run/colour-drift';
import type { TintMap } from '../../core/tint/tint-map';
import type { OwnerOptions } from '../../worker/protocol';
import { ArrayFinisher, type Finisher, type ScreenPlates } from '../platform/finisher';
import { importPart } from '../platform/parts';

/** What a plate is drawn with. */
export type PlatePen = OffscreenCanvasRenderingContext2D;

/** What is to be finished on a stage. */
export type FinishWork = {
  /** Of the plates. */
  readonly size: Size;
  /** Tells plates from others: equal keys stand for equal pixels. */
  readonly key: string;
  /** Draws one of the two plates on an empty canvas. */
  readonly drawPlate: (pen: PlatePen, which: 'plain' | 'enhanced') => void;
  /** Which of the result's pixels the plates show. */
  readonly places: Omit<ScreenPlates, 'plain' | 'enhanced'>;
  readonly finish: Finish;
  readonly drift: ColourDrift | null;
  /** The finish's tint, spread; left out where it is not known. */
  readonly tint?: TintMap | null;
  /** Shows the finished picture; it is valid only during the call. */
  readonly show: (image: ImageData) => void;
};

/**
 * Finishes what a stage shows: with a GPU once it is there and has proved itself, until then and without
 * one with the arrays that Save uses. Nothing is loaded before something is to be finished.
 */
export class FinishScreen {
  readonly #backend: OwnerOptions['backend'];
  #finisher: Finisher = new ArrayFinisher();
  /** The plates' pens; made for the present finisher and space. */
  #pens: readonly [plain: PlatePen, enhanced: PlatePen] | null = null;
  #space: PredefinedColorSpace = 'srgb';
  /** Of the plates that the finisher holds. */
  #key: string | null = null;
  /** What the stage should show; null while nothing on it is finished. */
  #wanted: FinishWork | null = null;
  #isBusy = false;
  #hasSought = false;
  #isOver = false;

  /** @param backend As for the engine: `auto` takes a real GPU, `webgpu` a software one too, `wasm` none. */
  constructor(backend: OwnerOptions['backend']) {
    this.#backend = backend;
  }

  /** Whether a GPU is at work. */
  get usesGpu(): boolean {
    return !this.#finisher.onCpu;
  }

  /**
   * Finishes and shows a picture: at once, or as soon as the GPU has it. While that is at work the newest
   * wish waits, and takes the place of one that waited before.
   *
   * @param work What to show.
   */
  draw(work: FinishWork): void {
    this.#wanted = work;
    if (!this.#hasSought) void this.#seekGpu();
    if (!this.#isBusy) this.#advance();
  }

  /** Nothing on the stage is finished now: what is under way is not shown any more. */
  rest(): void {
    this.#wanted = null;
  }

  /** Frees everything; nothing is to be drawn any more. */
  dispose(): void {
    this.#isOver = true;
    this.#wanted = null;
    this.#finisher.dispose();
  }

  #advance(): void {
    const work = this.#wanted;
    if (!work) return;
    const finisher = this.#finisher;
    try {
      if (work.key !== this.#key) this.#load(work);
      const image = finisher.finish(work.finish, work.drift, work.tint);
      if (image instanceof ImageData) work.show(image);
      else void this.#wait(work, finisher, image);
    } catch (error) {
      if (finisher.onCpu) throw error;
      this.#take(new ArrayFinisher());
      this.#advance();
    }
  }

  async #wait(work: FinishWork, finisher: Finisher, coming: Promise<ImageData>): Promise<void> {
    this.#isBusy = true;
    const image = await coming.catch(() => null);
    this.#isBusy = false;
    if (image && this.#wanted) work.show(image);
    else if (!image && finisher === this.#finisher) this.#take(new ArrayFinisher());
    if (!image || work !== this.#wanted) this.#advance();
  }

  #load({ size, key, drawPlate, places }: FinishWork): void {
    const { space } = places;
    if (space !== this.#space) this.#pens = null;
    this.#space = space;
    const pens = (this.#pens ??= [this.#makePen(), this.#makePen()]);
    for (const [i, pen] of pens.entries()) {
      pen.canvas.width = size.width;
      pen.canvas.height = size.height;
      drawPlate(pen, i === 0 ? 'plain' : 'enhanced');
    }
    const [plain, enhanced] = pens;
    this.#finisher.load({ plain: plain.canvas, enhanced: enhanced.canvas, ...places });
    this.#key = key;
  }

  #makePen(): PlatePen {
    const settings = { willReadFrequently: this.#finisher.onCpu, colorSpace: this.#space };
    const pen = new OffscreenCanvas(1, 1).getContext('2d', settings);
    if (!pen) throw new Error('The canvas has no 2d context.');
    return pen;
  }

  async #seekGpu(): Promise<void> {
    this.#hasSought = true;
    if (this.#backend === 'wasm') return;
    let gpu: Finisher | null = null;
    let isLost = false;
    const onLoss = (): void => {
      isLost = true;
      if (gpu === this.#finisher) this.#take(new ArrayFinisher());
    };
    try {
      const { openGpuFinisher } = await importPart(() => import('../platform/gpu-finisher'));
      gpu = await openGpuFinisher(this.#backend === 'webgpu', onLoss);
    } catch {
      // The arrays finish the same, only not as fast.
    }
    if (!gpu) return;
    if (this.#isOver || isLost) gpu.dispose();
    else this.#take(gpu);
  }

  #take(finisher: Finisher): void {
    this.#finisher.dispose();
    this.#finisher = finisher;
    this.#pens = null;
    this.#key = null;
  }
}
