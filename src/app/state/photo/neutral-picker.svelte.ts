import type { Size } from '../../../core/picture/rect';
import { PaintingTool } from './painting-tool.svelte';
import type { StageView } from './stage-view.svelte';

/** How large it is on the screen, in CSS pixels; what is looked at lies in its middle. */
const tipSize = 24;

/** Picks a place of the photo, where the finger is lifted or the key let go. */
export class NeutralPicker extends PaintingTool {
  readonly #onPick: (at: { readonly x: number; readonly y: number }) => void;

  /**
   * @param bench Has the photo.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   * @param onPick Is told the place: 0..1 across and down. What lies beside the photo is none.
   */
  constructor(
    bench: { readonly photo: Size | null },
    view: Pick<StageView, 'viewport'>,
    ratio: number,
    onPick: (at: { readonly x: number; readonly y: number }) => void,
  ) {
    super(bench, view, ratio, tipSize);
    this.#onPick = onPick;
  }

  protected startStroke(): void {
    // A place is all that is wanted of it.
  }

  protected extend(): void {
    // Likewise.
  }

  protected keep(): void {
    const { photo } = this.bench;
    if (!photo || !this.place) return;
    const [x, y] = [this.place.x / photo.width, this.place.y / photo.height];
    if (Math.min(x, y) >= 0 && Math.max(x, y) < 1) this.#onPick({ x, y });
  }

  protected drop(): void {
    // Nothing was begun.
  }
}
