import type { Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { MaskStroke, type BrushPoint } from '../../../core/run/mask-brush';
import { PaintingTool } from './painting-tool.svelte';
import type { StageView } from './stage-view.svelte';

/** What a brush paints with at first. */
export type BrushStart = {
  /** Its width on the screen, in CSS pixels. */
  readonly size: number;
  /** 0..100 */
  readonly softness: number;
  /** 1..100 */
  readonly flow: number;
};

/** Paints masks. What it paints on, and what becomes of a stroke, is the tool's. */
export abstract class BrushTool<B extends { readonly photo: Size | null }> extends PaintingTool<B> {
  /** 0..100 */
  softness = $state(0);
  /** 1..100 */
  flow = $state(0);
  #stroke: MaskStroke | null = null;

  /**
   * @param bench Has the photo, and what the tool works on.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   * @param start What it begins with.
   */
  constructor(bench: B, view: Pick<StageView, 'viewport'>, ratio: number, start: BrushStart) {
    super(bench, view, ratio, start.size);
    this.softness = start.softness;
    this.flow = start.flow;
  }

  /** What is painted now: 0..255. */
  protected abstract readonly value: number;
  /** What a stroke is painted on. */
  protected abstract ground(photo: Size): Mask;
  /** Shows a stroke that goes on; null for none. */
  protected abstract showDraft(mask: Mask | null): void;
  /** Keeps what was painted. */
  protected abstract set(mask: Mask): void;

  protected startStroke(photo: Size): void {
    this.#stroke = new MaskStroke(this.ground(photo), photo, {
      radius: this.radius,
      softness: this.softness / 100,
      flow: this.flow / 100,
      value: this.value,
    });
  }

  protected extend(point: BrushPoint): void {
    this.#stroke?.move(point);
    this.showDraft(this.#stroke?.mask ?? null);
  }

  protected keep(): void {
    if (this.#stroke) this.set(this.#stroke.mask);
    this.drop();
  }

  protected drop(): void {
    this.#stroke = null;
    this.showDraft(null);
  }
}
