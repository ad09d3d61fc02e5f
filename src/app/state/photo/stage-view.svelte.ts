import type { Size } from '../../../core/picture/rect';
import { clampView, fitZoom, zoomAt, type Viewport } from './viewport';

/** A point of the stage, in device pixels. */
type Point = { readonly x: number; readonly y: number };

const nowhere: Viewport = { stage: { width: 0, height: 0 }, zoom: 1, x: 0, y: 0 };

/** Largest magnification: device pixels per pixel of the finest picture. */
const maxMagnification = 32;

/** Where the person is looking: zoom and position, shared by both sides of the comparison. */
export class StageView {
  /** The present view; replaced, never changed in place. */
  viewport = $state.raw<Viewport>(nowhere);
  /** The photo's size in source pixels, or null where there is none. */
  photo = $state.raw<Size | null>(null);
  /** Pixels of the finest picture per source pixel: 1, or the result's scale. */
  native = $state(1);
  /** True until the person zooms or moves: then the photo follows the window's size. */
  fitted = $state(true);
  /** Whether original and result are shown side by side, once there is a result; else the result alone. */
  comparing = $state(true);
  /** Where the comparison is split, in percent of the stage from the left. */
  split = $state(50);
  /** True while the line between original and result moves to its place, once after a run. */
  wiping = $state(false);
  /** True while the person holds the key that shows the original. */
  peeking = $state(false);
  /** Where the pointer last was over the stage; null while it is elsewhere. */
  pointer: Point | null = null;
  /** Free space round a fitted photo, in device pixels. */
  #margin = 0;

  readonly #readFinal: () => number;

  /** Percent of the final picture's own size at which the photo is shown: the same before a run and after. */
  readonly percent = $derived((this.viewport.zoom / this.finalScale) * 100);

  /** @param readFinal Pixels of the picture that a run makes, or has made, per source pixel; by default, of the finest there is. */
  constructor(readFinal?: () => number) {
    this.#readFinal = readFinal ?? (() => this.native);
  }

  /** Pixels of the final picture per source pixel. */
  get finalScale(): number {
    return this.#readFinal();
  }

  /**
   * Tells the view how large the stage is.
   *
   * @param stage In device pixels.
   * @param ratio Device pixels per CSS pixel.
   */
  resize(stage: Size, ratio: number): void {
    this.#margin = Math.min(24 * ratio, stage.width / 24);
    this.#set({ ...this.viewport, stage });
    if (this.fitted) this.fit();
  }

  /**
   * Shows another photo, fitted.
   *
   * @param photo Its size, or null for none.
   */
  show(photo: Size | null): void {
    this.photo = photo;
    this.native = 1;
    this.fit();
  }

  /** Shows the whole photo, and keeps doing so when the window changes. */
  fit(): void {
    this.fitted = true;
    if (!this.photo) return;
    const { width, height } = this.photo;
    this.#set({ ...this.viewport, zoom: this.#fitZoom(), x: width / 2, y: height / 2 });
  }

  /** Shows one pixel of the final picture on one device pixel, round the middle of the stage. */
  showFull(): void {
    this.zoomTo(this.finalScale, this.#middle());
  }

  /**
   * Shows one pixel of the final picture on one device pixel, round a place.
   *
   * @param x Of the photo, in source pixels.
   * @param y Likewise.
   */
  showFullAt(x: number, y: number): void {
    this.fitted = false;
    this.#set({ ...this.viewport, zoom: this.finalScale, x, y });
  }

  /**
   * Shows the whole photo, or where that is shown one pixel of the final picture on one device pixel.
   *
   * @param at The point of the stage that stays where it is then; default: under the pointer, else the middle.
   */
  toggleFull(at: Point = this.pointer ?? this.#middle()): void {
    if (this.fitted) this.zoomTo(this.finalScale, at);
    else this.fit();
  }

  /**
   * Zooms by a factor.
   *
   * @param factor Above 1 to zoom in.
   * @param at The point of the stage that stays where it is; default: its middle.
   */
  zoomBy(factor: number, at: Point = this.#middle()): void {
    this.zoomTo(this.viewport.zoom * factor, at);
  }

  /**
   * Zooms to a magnification, within what is sensible for the photo.
   *
   * @param zoom Device pixels per source pixel.
   * @param at The point of the stage that stays where it is.
   */
  zoomTo(zoom: number, at: Point): void {
    if (!this.photo) return;
    const least = Math.min(this.#fitZoom(), 1);
    const most = Math.max(maxMagnification * this.native, this.#fitZoom());
    this.fitted = false;
    this.#set(zoomAt(this.viewport, Math.min(Math.max(zoom, least), most), at));
  }

  /**
   * Moves the photo.
   *
   * @param dx To the right, in device pixels.
   * @param dy Downward, in device pixels.
   */
  panBy(dx: number, dy: number): void {
    const view = this.viewport;
    this.#set({ ...view, x: view.x - dx / view.zoom, y: view.y - dy / view.zoom });
    this.fitted &&= view.x === this.viewport.x && view.y === this.viewport.y;
  }

  #middle(): Point {
    const { stage } = this.viewport;
    return { x: stage.width / 2, y: stage.height / 2 };
  }

  #fitZoom(): number {
    return this.photo ? fitZoom(this.photo, this.viewport.stage, this.#margin) : 1;
  }

  #set(view: Viewport): void {
    this.viewport = this.photo ? clampView(view, this.photo) : view;
  }
}
