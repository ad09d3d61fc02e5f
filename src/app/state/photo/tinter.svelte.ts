import type { Size } from '../../../core/picture/rect';
import type { BrushPoint } from '../../../core/run/mask-brush';
import {
  mostTintPoints,
  mostTintStrokes,
  type Tint,
  type TintStroke,
} from '../../../core/recipe/tint';
import { eraseStrokes, toStroke } from '../../../core/tint/stroke-editing';
import { tintWords } from '../../i18n/en-tint';
import { PaintingTool } from './painting-tool.svelte';
import type { StageView } from './stage-view.svelte';
import { palette } from './tint-palette';
import type { Workbench } from './workbench.svelte';

/** Width that a tint is painted with at first, in CSS pixels. */
export const usualTintSize = 16;

/** What of the workbench it reads and changes. */
type Bench = Pick<Workbench, 'photo' | 'finish' | 'status'>;

/** Paints colours on the picture: one change of the finish for each stroke. */
export class Tinter extends PaintingTool<Bench> {
  /** What is painted: `#rrggbb`; `none` for no colour; or `eraser`, which takes strokes away. */
  ink = $state<string>(palette[0].colours[0].colour);
  /** A stroke that goes on; null for none, and while strokes are taken away. */
  draft = $state.raw<TintStroke | null>(null);
  /** What is left while an eraser goes on; undefined while none does. */
  #left = $state.raw<Tint | null | undefined>(undefined);
  #path: BrushPoint[] = [];
  #photo: Size = { width: 1, height: 1 };

  /**
   * @param bench Has the photo and the finish.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   */
  constructor(bench: Bench, view: Pick<StageView, 'viewport'>, ratio: number) {
    super(bench, view, ratio, usualTintSize);
  }

  /** The strokes as they are seen; null for none. */
  get seen(): Tint | null {
    return this.#left === undefined ? this.bench.finish.tint : this.#left;
  }

  /** What a stroke has done, in words. */
  get said(): string {
    if (this.ink === 'eraser') return tintWords.erased;
    return this.ink === 'none' ? tintWords.held : tintWords.painted;
  }

  /** Takes all strokes away. */
  clear(): void {
    this.#put(null);
  }

  protected startStroke(photo: Size): void {
    this.#photo = photo;
    this.#path = [];
  }

  protected extend(point: BrushPoint): void {
    const last = this.#path.at(-1);
    // A hand that rests adds nothing.
    const isNear = last && Math.hypot(point.x - last.x, point.y - last.y) < this.radius / 8;
    if (!isNear) this.#path.push(point);
    const stroke = this.#stroke;
    const { tint } = this.bench.finish;
    if (this.ink !== 'eraser') this.draft = stroke;
    else this.#left = tint && eraseStrokes(tint, stroke, this.#photo);
  }

  protected keep(): void {
    const { tint } = this.bench.finish;
    if (this.#left !== undefined) {
      if (this.#left !== tint) this.#put(this.#left);
    } else if (this.#path.length > 0) this.#add(tint?.strokes ?? [], this.#stroke);
    this.drop();
  }

  protected drop(): void {
    this.draft = null;
    this.#left = undefined;
    this.#path = [];
  }

  get #stroke(): TintStroke {
    const colour = this.ink === 'none' || this.ink === 'eraser' ? null : this.ink;
    return toStroke(this.#path, this.#photo, this.radius, colour);
  }

  #add(before: readonly TintStroke[], stroke: TintStroke): void {
    const strokes = [...before, stroke];
    const places = strokes.reduce((sum, { points }) => sum + points.length / 2, 0);
    if (strokes.length > mostTintStrokes || places > mostTintPoints)
      this.bench.status = tintWords.full;
    else this.#put({ v: 1, strokes });
  }

  #put(tint: Tint | null): void {
    this.bench.finish = { ...this.bench.finish, tint };
  }
}
