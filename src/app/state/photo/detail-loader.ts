import type { OwnerCalls } from '../../../worker/client';
import type { PhotoId, ViewRequest } from '../../../worker/protocol';
import type { Layers } from './layers.svelte';
import type { StageView } from './stage-view.svelte';
import { visibleWindow, type ViewWindow } from './viewport';

/** How long the view must rest before details are asked for, in milliseconds. */
const settleMs = 80;

/** Of which picture a detail is. */
type Side = ViewRequest['side'];

/** At most this often are details asked for again because tiles arrived, in milliseconds. */
const patchMs = 400;

/**
 * Asks the worker for the pixels of what is being looked at, where the base is too coarse. One request at
 * a time; the newest wish wins.
 */
export class DetailLoader {
  readonly #enhancer: OwnerCalls;
  readonly #view: StageView;
  readonly #layers: Layers;
  #photo: PhotoId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #patchTimer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;
  /** Changes whenever the pixels behind a side do; replies from before are thrown away. */
  #epoch: Record<Side, number> = { before: 0, after: 0, ground: 0 };
  #have: Record<Side, string> = { before: '', after: '', ground: '' };

  /**
   * @param enhancer Where details come from.
   * @param view What is being looked at.
   * @param layers Where details go.
   */
  constructor(enhancer: OwnerCalls, view: StageView, layers: Layers) {
    this.#enhancer = enhancer;
    this.#view = view;
    this.#layers = layers;
  }

  /** The view has changed: asks once it rests. */
  follow(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), settleMs);
  }

  /**
   * Another photo is looked at.
   *
   * @param photo Which.
   */
  show(photo: PhotoId): void {
    this.#photo = photo;
    this.reset();
  }

  /** The pixels of all pictures have changed: what was asked for before is worthless. */
  reset(): void {
    this.#outdate('before');
    this.#outdate('after');
    this.#outdate('ground');
    this.follow();
  }

  /** Tiles have arrived: asks for the after side again, and what it is mixed with, not too often. */
  refresh(): void {
    this.#patchTimer ??= setTimeout(() => {
      this.#patchTimer = undefined;
      this.#have = { ...this.#have, after: '', ground: '' };
      void this.#load();
    }, patchMs);
  }

  #outdate(side: Side): void {
    this.#epoch[side]++;
    this.#have[side] = '';
  }

  #wanted(): ViewWindow | null {
    const { viewport, photo, native } = this.#view;
    const { before, after } = this.#layers;
    if (!photo || !before) return null;
    const coarsest = Math.min(before.width, after?.width ?? Infinity) / photo.width;
    const enough = coarsest >= native || viewport.zoom <= coarsest * 1.01;
    return enough ? null : visibleWindow(viewport, photo, native);
  }

  async #load(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    const wanted = this.#wanted();
    if (!wanted) {
      this.#have = { before: '', after: '', ground: '' };
      this.#layers.dropDetails();
      return;
    }
    this.#busy = true;
    const { after, ground } = this.#layers;
    const sides: Side[] = after ? ['after', 'before'] : ['before'];
    if (ground) sides.push('ground');
    await Promise.all(sides.map((side) => this.#loadSide(side, wanted)));
    this.#busy = false;
    if (!this.#again) return;
    this.#again = false;
    void this.#load();
  }

  async #loadSide(side: Side, wanted: ViewWindow): Promise<void> {
    const key = JSON.stringify(wanted);
    if (this.#have[side] === key) return;
    const epoch = this.#epoch[side];
    const reply = await this.#enhancer.view(this.#photo, { side, ...wanted });
    if (!reply.ok) return;
    if (epoch !== this.#epoch[side]) {
      reply.value.bitmap.close();
      return;
    }
    this.#have[side] = key;
    this.#layers.setDetail(side, reply.value);
  }
}
