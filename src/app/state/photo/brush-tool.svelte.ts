import type { Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { MaskStroke } from '../../../core/run/mask-brush';
import type { StageView } from './stage-view.svelte';

/** A point of the stage, in device pixels. */
type Point = { readonly x: number; readonly y: number };

/** Bounds of a brush's width on the screen, in CSS pixels. */
export const brushSizes = [4, 400] as const;

/** By how much a press makes it wider or narrower. */
const sizeStep = 1.25;

/** What a brush paints with at first. */
export type BrushStart = {
  /** Its width on the screen, in CSS pixels. */
  readonly size: number;
  /** 0..100 */
  readonly softness: number;
  /** 1..100 */
  readonly flow: number;
};

/** A brush on the picture, led by a hand or by keys. What it paints on, and what becomes of a stroke, is the tool's. */
export abstract class BrushTool {
  /** Its width on the screen, in CSS pixels. */
  size = $state(0);
  /** 0..100 */
  softness = $state(0);
  /** 1..100 */
  flow = $state(0);
  /** Where it is, in pixels of the photo; null before it was anywhere. */
  place = $state.raw<Point | null>(null);

  readonly #bench: { readonly photo: Size | null };
  readonly #view: Pick<StageView, 'viewport'>;
  readonly #ratio: number;
  #stroke: MaskStroke | null = null;

  /**
   * @param bench Has the photo.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   * @param start What it begins with.
   */
  constructor(
    bench: { readonly photo: Size | null },
    view: Pick<StageView, 'viewport'>,
    ratio: number,
    start: BrushStart,
  ) {
    this.#bench = bench;
    this.#view = view;
    this.#ratio = ratio;
    this.size = start.size;
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

  /** Whether a stroke goes on. */
  get isPainting(): boolean {
    return this.#stroke !== null;
  }

  /** Its radius in pixels of the photo. */
  get radius(): number {
    return (this.size / 2) * (this.#ratio / this.#view.viewport.zoom);
  }

  /**
   * Moves it without painting.
   *
   * @param at Where to, on the stage.
   */
  hover(at: Point): void {
    const { stage, zoom, x, y } = this.#view.viewport;
    this.place = {
      x: x + (at.x - stage.width / 2) / zoom,
      y: y + (at.y - stage.height / 2) / zoom,
    };
  }

  /**
   * Begins a stroke.
   *
   * @param at Where, on the stage.
   * @param pressure 0..1
   */
  begin(at: Point, pressure: number): void {
    this.hover(at);
    this.press(pressure);
  }

  /**
   * Goes on with a stroke, or moves the brush where there is none.
   *
   * @param at Where to, on the stage.
   * @param pressure 0..1
   */
  move(at: Point, pressure: number): void {
    this.hover(at);
    this.#paint(pressure);
  }

  /**
   * Begins a stroke where the brush is.
   *
   * @param pressure 0..1
   */
  press(pressure = 1): void {
    const { photo } = this.#bench;
    if (!photo || this.#stroke) return;
    this.#stroke = new MaskStroke(this.ground(photo), photo, {
      radius: this.radius,
      softness: this.softness / 100,
      flow: this.flow / 100,
      value: this.value,
    });
    this.#paint(pressure);
  }

  /**
   * Moves it by keys, and paints on where it is pressed.
   *
   * @param across In radii.
   * @param down In radii.
   */
  nudge(across: number, down: number): void {
    const { photo } = this.#bench;
    const { viewport } = this.#view;
    if (!photo) return;
    const { x, y } = this.place ?? viewport;
    const within = (at: number, length: number) => Math.min(Math.max(at, 0), length);
    this.place = {
      x: within(x + across * this.radius, photo.width),
      y: within(y + down * this.radius, photo.height),
    };
    this.#paint(1);
  }

  /** Ends the stroke, and keeps it. */
  end(): void {
    if (!this.#stroke) return;
    const { mask } = this.#stroke;
    this.#stroke = null;
    this.set(mask);
    this.showDraft(null);
  }

  /** Takes the stroke that goes on back. */
  cancel(): void {
    this.#stroke = null;
    this.showDraft(null);
  }

  /**
   * Makes it wider or narrower.
   *
   * @param steps How often; below 0 for narrower.
   */
  resize(steps: number): void {
    const [least, most] = brushSizes;
    this.size = Math.round(Math.min(most, Math.max(least, this.size * sizeStep ** steps)));
  }

  #paint(pressure: number): void {
    if (!this.#stroke || !this.place) return;
    this.#stroke.move({ ...this.place, pressure });
    this.showDraft(this.#stroke.mask);
  }
}
