import { isSameBasis, withBasis, type Basis } from '../../../core/recipe/basis';
import { isSameFrame } from '../../../core/recipe/frame';
import { scaleOf, type Recipe } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { LaidPhoto, OpenedPhoto } from '../../../worker/protocol';
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
  shown: Basis;
  status: string;
  readonly recipe: Recipe;
  readonly isFraming: boolean;
  /** Whether what the photo calls for is asked for, so that a new frame asks for what that calls for. */
  readonly isToFollow: boolean;
  /** Asks for what the photo calls for by now, which is no change of the person's. */
  follow(): void;
};

/** What a framer works with. */
export type FramerParts = {
  readonly enhancer: Pick<OwnerCalls, 'lay'>;
  readonly view: Pick<StageView, 'show' | 'native'>;
  readonly layers: Pick<Layers, 'show' | 'takeResult' | 'putResult'>;
  readonly details: Pick<DetailLoader, 'show'>;
};

/** A result of another frame or tone than those that are shown. */
type Aside = { readonly basis: Basis; readonly result: RunResult; readonly side: KeptSide };

/**
 * Shows the photo in the frame and the tone that are asked for. A result is of one of each: it is laid aside with them, and
 * comes back with them.
 */
export class Framer {
  readonly #parts: FramerParts;
  readonly #bench: FramerBench;
  #aside: Aside | null = null;
  /** What the worker looks at. */
  #looked: Basis = {};
  #isBusy = false;

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
    this.#looked = {};
    this.#bench.shown = {};
  }

  /**
   * Brings the photo into what is asked for, one after the other, the newest next: a slider moves faster than that.
   *
   * @returns Why that cannot be done, as a sentence; empty where it was; null where another call sees to it.
   */
  async follow(): Promise<string | null> {
    if (this.#isBusy) return null;
    this.#isBusy = true;
    try {
      return await this.#catchUp();
    } finally {
      this.#isBusy = false;
    }
  }

  async #catchUp(): Promise<string> {
    const bench = this.#bench;
    for (;;) {
      const { photo, recipe } = bench;
      if (!photo || isSameBasis(this.#looked, recipe)) return '';
      const basis = withBasis({}, recipe);
      const reply = await this.#parts.enhancer.lay(photo.id, basis);
      const present = bench.photo;
      if (present?.id !== photo.id) {
        if (reply.ok) reply.value.preview.close();
        continue;
      }
      if (!reply.ok) {
        const isSaid = reply.code === 'cancelled' || reply.problem === 'worker-died';
        return isSaid ? '' : describeProblem(reply);
      }
      this.#looked = basis;
      const isOnTheWay = bench.isFraming && isSameFrame(basis.frame, bench.recipe.frame);
      if (isOnTheWay || isSameBasis(basis, bench.recipe)) this.#show(present, reply.value, basis);
      else reply.value.preview.close();
    }
  }

  #show(photo: OpenedPhoto, laid: LaidPhoto, basis: Basis): void {
    const bench = this.#bench;
    const { view, layers, details } = this.#parts;
    const { result, shown } = bench;
    const { isToFollow } = bench;
    const isTurned = !isSameFrame(shown.frame, basis.frame);
    if (result) this.#aside = { basis: shown, result, side: layers.takeResult() };
    const aside = this.#aside && isSameBasis(this.#aside.basis, basis) ? this.#aside : null;
    const { preview, width, height } = laid;
    // What shook the photo shook every part of it.
    const analysis = { ...(laid.analysis ?? photo.analysis), shake: photo.analysis.shake };
    bench.photo = { ...photo, preview, width, height, analysis };
    bench.shown = basis;
    bench.result = aside?.result ?? null;
    if (isToFollow && !aside) bench.follow();
    if (isTurned)
      bench.status = cropWord(basis.frame?.crop ? 'isDone' : 'isWhole', { width, height });
    layers.show(preview, laid, photo);
    if (isTurned) view.show({ width, height });
    details.show(photo.id);
    if (aside) layers.putResult(aside.side);
    view.native = aside ? scaleOf(aside.result.recipe) : 1;
  }
}
