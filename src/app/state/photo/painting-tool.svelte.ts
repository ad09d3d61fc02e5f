import type { Size } from '../../../core/picture/rect';
import type { BrushPoint } from '../../../core/run/mask-brush';
import type { StageView } from './stage-view.svelte';

/** A point of the stage, in device pixels. */
type Point = { readonly x: number; readonly y: number };

/** Bounds of a brush's width on the screen, in CSS pixels. */
export const brushSizes = [4, 400] as const;

/** By how much a press makes it wider or narrower. */
const sizeStep = 1.25;

/** What a tool paints on: it has the photo, and whatever else the tool reads and changes. */
type Bench = { readonly photo: Size | null };

/** A brush on the picture, led by a hand or by keys. What a stroke is, and what becomes of it, is the tool's. */
export abstract class PaintingTool<B extends Bench = Bench> {
  /** Its width on the screen, in CSS pixels. */
  size = $state(0);
  /** Where it is, in pixels of the photo; null before it was anywhere. */
  place = $state.raw<Point | null>(null);

  protected readonly bench: B;
  readonly #view: Pick<StageView, 'viewport'>;
  readonly #ratio: number;
  #isPainting = false;

  /**
   * @param bench Has the photo, and what the tool works on.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   * @param size Its width at first, in CSS pixels.
   */
  constructor(bench: B, view: Pick<StageView, 'viewport'>, ratio: number, size: number) {
    this.bench = bench;
    this.#view = view;
    this.#ratio = ratio;
    this.size = size;
  }

  /** Begins a stroke on a photo; it has no place yet. */
  protected abstract startStroke(photo: Size): void;
  /** Goes on with the stroke, and shows it. */
  protected abstract extend(point: BrushPoint): void;
  /** Keeps the stroke, which has ended. */
  protected abstract keep(): void;
  /** Forgets the stroke, if there is one. */
  protected abstract drop(): void;

  /** Whether a stroke goes on. */
  get isPainting(): boolean {
    return this.#isPainting;
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
    const { photo } = this.bench;
    if (!photo || this.#isPainting) return;
    this.#isPainting = true;
    this.startStroke(photo);
    this.#paint(pressure);
  }

  /**
   * Moves it by keys, and paints on where it is pressed.
   *
   * @param across In radii.
   * @param down In radii.
   */
  nudge(across: number, down: number): void {
    const { photo } = this.bench;
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
    if (!this.#isPainting) return;
    this.#isPainting = false;
    this.keep();
  }

  /** Takes the stroke that goes on back. */
  cancel(): void {
    this.#isPainting = false;
    this.drop();
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
    if (this.#isPainting && this.place) this.extend({ ...this.place, pressure });
  }
}
