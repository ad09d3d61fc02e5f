import type { Rect } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { scaleOf, withoutMarks } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import { mostLoupeSide, type LoupeView } from '../../../worker/protocol';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** How long the loupe and all settings must rest before it is filled, in milliseconds. */
const restMs = 300;

/** A point, in pixels of the photo. */
type Point = { readonly x: number; readonly y: number };

/** A window that shows at 100 % what the recipe would make of what lies under it. */
export class Loupe {
  /** Its middle; null until it is shown for the first time on this photo. */
  centre = $state.raw<Point | null>(null);
  /** What is shown; null where that is not made yet. Owned here. */
  shown = $state.raw<LoupeView | null>(null);
  /** Whether it is being filled, or will be. */
  isWaiting = $state(false);
  readonly #enhancer: Pick<OwnerCalls, 'loupe' | 'cancel'>;
  readonly #workbench: Workbench;
  readonly #view: Pick<StageView, 'viewport'>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts wishes; what is made for an older one is thrown away. */
  #wish = 0;
  #key = '';
  /** With which marks; they are too large for the key. */
  #damage: Mask | undefined;
  #photo = 0;

  /**
   * @param enhancer Fills it.
   * @param workbench Has photo and recipe.
   * @param view What is being looked at: the loupe begins in its middle.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'loupe' | 'cancel'>,
    workbench: Workbench,
    view: Pick<StageView, 'viewport'>,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#view = view;
  }

  /**
   * The part of the photo that it shows.
   *
   * @param side Pixels of the final picture along its sides.
   * @returns Whole pixels inside the photo, or null where none is open.
   */
  part(side: number): Rect | null {
    const { photo, recipe } = this.#workbench;
    const { centre } = this;
    if (!photo || !centre) return null;
    const wanted = Math.min(mostLoupeSide, Math.ceil(side / scaleOf(recipe)));
    const [width, height] = [Math.min(wanted, photo.width), Math.min(wanted, photo.height)];
    const place = (at: number, length: number, whole: number) =>
      Math.round(Math.min(Math.max(at - length / 2, 0), whole - length));
    const x = place(centre.x, width, photo.width);
    return { x, y: place(centre.y, height, photo.height), width, height };
  }

  /**
   * Moves it.
   *
   * @param dx To the right, in pixels of the photo.
   * @param dy Downward, in pixels of the photo.
   */
  moveBy(dx: number, dy: number): void {
    const { photo } = this.#workbench;
    if (!photo || !this.centre) return;
    const keep = (at: number, whole: number) => Math.min(Math.max(at, 0), whole);
    const { x, y } = this.centre;
    this.centre = { x: keep(x + dx, photo.width), y: keep(y + dy, photo.height) };
  }

  /**
   * Fills it once it and all settings rest; not while a run is going, which it would slow down. Reads reactive
   * state.
   *
   * @param side As for {@link Loupe.part}.
   */
  follow(side: number): void {
    const { photo, recipe, run, opening, isWaiting, isFraming, moment } = this.#workbench;
    if (photo && photo.id !== this.#photo) {
      this.#photo = photo.id;
      const { x, y } = this.#view.viewport;
      this.centre = { x, y };
    }
    const rect = this.part(side);
    const isFree = photo !== null && run === null && opening === '' && !isWaiting && !isFraming;
    const key =
      isFree && rect ? JSON.stringify([photo.id, moment, rect, withoutMarks(recipe)]) : '';
    if (key === this.#key && recipe.damage === this.#damage) return;
    this.#stop();
    this.#key = key;
    this.#damage = recipe.damage;
    if (!key || !photo || !rect) return;
    this.isWaiting = true;
    const wish = this.#wish;
    this.#timer = setTimeout(() => void this.#fill(photo.id, { recipe, rect }, wish), restMs);
  }

  /** Ends what is under way, and frees what is shown. */
  dispose(): void {
    this.#stop();
    this.#show(null);
  }

  async #fill(id: number, request: Parameters<OwnerCalls['loupe']>[1], wish: number) {
    const reply = await this.#enhancer.loupe(id, request);
    if (wish !== this.#wish) {
      if (reply.ok) closeView(reply.value);
      return;
    }
    this.isWaiting = false;
    this.#show(reply.ok ? reply.value : null);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#wish++;
    if (this.isWaiting && this.#photo) void this.#enhancer.cancel(this.#photo, ['loupe']);
    this.isWaiting = false;
  }

  #show(view: LoupeView | null): void {
    if (this.shown) closeView(this.shown);
    this.shown = view;
  }
}

/**
 * Frees what a loupe shows.
 *
 * @param view Owned by the caller, and of no use any more.
 */
export function closeView(view: LoupeView): void {
  view.bitmap.close();
  view.plain.close();
}
