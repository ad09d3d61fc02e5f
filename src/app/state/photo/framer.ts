import { isSameFrame, type Frame } from '../../../core/recipe/frame';
import { scaleOf, type Recipe } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { FramedPhoto, OpenedPhoto } from '../../../worker/protocol';
import { cropWord } from '../../i18n/en-crop';
import { describeProblem } from '../../i18n/problem';
import type { DetailLoader } from './detail-loader';
import type { KeptSide, Layers } from './layers.svelte';
import type { RunResult } from './runner';
import type { StageView } from './stage-view.svelte';

/** What of the workbench a framer reads and changes. */
export type FramerBench = {
  photo: OpenedPhoto | null;
  result: RunResult | null;
  shownFrame: Frame | undefined;
  status: string;
  readonly recipe: Recipe;
  readonly isFraming: boolean;
};

/** What a framer works with. */
export type FramerParts = {
  readonly enhancer: Pick<OwnerCalls, 'frame'>;
  readonly view: Pick<StageView, 'show' | 'native'>;
  readonly layers: Pick<Layers, 'show' | 'takeResult' | 'putResult'>;
  readonly details: Pick<DetailLoader, 'show'>;
};

/** A result of another frame than the one that is shown. */
type Aside = { readonly frame: Frame | undefined; readonly result: RunResult } & {
  readonly side: KeptSide;
};

/** Shows the photo in the frame that is asked for. A result is of one frame: it is laid aside with that, and comes back with it. */
export class Framer {
  readonly #parts: FramerParts;
  readonly #bench: FramerBench;
  #aside: Aside | null = null;

  /**
   * @param parts What it works with.
   * @param bench Where the photo lies.
   */
  constructor(parts: FramerParts, bench: FramerBench) {
    this.#parts = parts;
    this.#bench = bench;
  }

  /** Another photo lies there, as its file has it. */
  forget(): void {
    this.#aside = null;
    this.#bench.shownFrame = undefined;
  }

  /**
   * Lays the photo into the frame that is asked for, where that is another.
   *
   * @returns Why that cannot be done, as a sentence; empty where it was, or is not wanted any more.
   */
  async follow(): Promise<string> {
    const { photo, recipe } = this.#bench;
    if (!photo || !this.#bench.isFraming) return '';
    const { frame } = recipe;
    const reply = await this.#parts.enhancer.frame(photo.id, frame);
    const present = this.#bench.photo;
    const isWanted = isSameFrame(frame, this.#bench.recipe.frame);
    if (!present || present.id !== photo.id || !isWanted) {
      if (reply.ok) reply.value.preview.close();
      return '';
    }
    if (!reply.ok) return reply.code === 'cancelled' ? '' : describeProblem(reply);
    this.#show(present, reply.value, frame);
    return '';
  }

  #show(photo: OpenedPhoto, framed: FramedPhoto, frame: Frame | undefined): void {
    const bench = this.#bench;
    const { view, layers, details } = this.#parts;
    const { result, shownFrame } = bench;
    if (result) this.#aside = { frame: shownFrame, result, side: layers.takeResult() };
    const aside = this.#aside && isSameFrame(this.#aside.frame, frame) ? this.#aside : null;
    const { preview, width, height } = framed;
    bench.photo = { ...photo, preview, width, height };
    bench.shownFrame = frame;
    bench.status = cropWord(frame?.crop ? 'isDone' : 'isWhole', { width, height });
    bench.result = aside?.result ?? null;
    layers.show(preview, framed, photo);
    view.show({ width, height });
    details.show(photo.id);
    if (!aside) return;
    layers.putResult(aside.side);
    view.native = scaleOf(aside.result.recipe);
  }
}
