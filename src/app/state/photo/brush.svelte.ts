import type { Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { createMask, invertMask, MaskStroke } from '../../../core/run/mask-brush';
import type { Layers } from './layers.svelte';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** A point of the stage, in device pixels. */
type Point = { readonly x: number; readonly y: number };

/** Bounds of the brush's width on the screen, in CSS pixels. */
export const brushSizes = [4, 400] as const;

/** What a brush begins with; see {@link Brush}. */
export const usualBrush = { size: 64, softness: 50, flow: 100 };

/** By how much a press makes it wider or narrower. */
const sizeStep = 1.25;

/** Paints the finish's mask on the picture: live while a stroke goes on, one change of the finish when it ends. */
export class Brush {
  /** Its width on the screen, in CSS pixels. */
  size = $state(usualBrush.size);
  /** 0..100 */
  softness = $state(usualBrush.softness);
  /** 1..100 */
  flow = $state(usualBrush.flow);
  /** What is painted gets the networks' work, or is kept from it. */
  mode = $state<'apply' | 'protect'>('apply');
  /** Where it is, in pixels of the photo; null before it was anywhere. */
  place = $state.raw<Point | null>(null);

  readonly #workbench: Pick<Workbench, 'photo' | 'finish'>;
  readonly #view: Pick<StageView, 'viewport'>;
  readonly #layers: Pick<Layers, 'draft' | 'setDraft'>;
  readonly #ratio: number;
  #stroke: MaskStroke | null = null;

  /**
   * @param workbench Has the photo and the finish.
   * @param view Where the photo lies on the stage.
   * @param layers Show a stroke that goes on.
   * @param ratio Device pixels per CSS pixel.
   */
  constructor(
    workbench: Pick<Workbench, 'photo' | 'finish'>,
    view: Pick<StageView, 'viewport'>,
    layers: Pick<Layers, 'draft' | 'setDraft'>,
    ratio: number,
  ) {
    this.#workbench = workbench;
    this.#view = view;
    this.#layers = layers;
    this.#ratio = ratio;
  }

  /** The mask as it is seen, with the stroke that goes on; null for none. Not reactive to a stroke. */
  get mask(): Mask | null {
    return this.#layers.draft ?? this.#workbench.finish.mask;
  }

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
    const { photo } = this.#workbench;
    if (!photo || this.#stroke) return;
    const value = this.mode === 'apply' ? 255 : 0;
    this.#stroke = new MaskStroke(this.#ground(photo), photo, {
      radius: this.radius,
      softness: this.softness / 100,
      flow: this.flow / 100,
      value,
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
    const { photo } = this.#workbench;
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

  /** Ends the stroke: it is a change of the finish from now on. */
  end(): void {
    if (!this.#stroke) return;
    const { mask } = this.#stroke;
    this.#stroke = null;
    this.#set(mask);
  }

  /** Takes the stroke that goes on back. */
  cancel(): void {
    this.#stroke = null;
    this.#layers.setDraft(null);
  }

  /** Applies where it was protected, and protects where it was applied. */
  invert(): void {
    const { photo } = this.#workbench;
    if (photo) this.#set(invertMask(this.mask ?? createMask(photo, 255)));
  }

  /** Applies everywhere. */
  clear(): void {
    this.#set(null);
  }

  /**
   * Begins with what was found.
   *
   * @param values Makes the mask's values, where it is found 255, for a grid of this size.
   */
  start(values: (grid: Size) => Uint8Array<ArrayBuffer>): void {
    const { photo } = this.#workbench;
    if (!photo) return;
    const ground = createMask(photo, 0);
    const found = { ...ground, values: values(ground) };
    this.#set(this.mode === 'apply' ? found : invertMask(found));
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

  /** What is painted on: where nothing was, the opposite of what is painted. */
  #ground(photo: Size): Mask {
    return this.#workbench.finish.mask ?? createMask(photo, this.mode === 'apply' ? 0 : 255);
  }

  #paint(pressure: number): void {
    if (!this.#stroke || !this.place) return;
    this.#stroke.move({ ...this.place, pressure });
    this.#layers.setDraft(this.#stroke.mask);
  }

  #set(mask: Mask | null): void {
    this.#workbench.finish = { ...this.#workbench.finish, mask };
    this.#layers.setDraft(null);
  }
}
