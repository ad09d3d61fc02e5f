import { isSameTint } from '../../../core/recipe/tint';
import type { OwnerCalls } from '../../../worker/client';
import type { Layers } from './layers.svelte';
import type { Workbench } from './workbench.svelte';

/** Asks the worker what colours the finish's strokes spread over the photo: for one set of strokes at a time, then the newest. */
export class TintLoader {
  readonly #enhancer: Pick<OwnerCalls, 'tint'>;
  readonly #workbench: Pick<Workbench, 'photo' | 'finish'>;
  readonly #layers: Pick<Layers, 'tint' | 'setTint'>;
  #isBusy = false;

  /**
   * @param enhancer Where it comes from.
   * @param workbench Has the strokes.
   * @param layers Where it goes.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'tint'>,
    workbench: Pick<Workbench, 'photo' | 'finish'>,
    layers: Pick<Layers, 'tint' | 'setTint'>,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#layers = layers;
  }

  /** Asks, where the present strokes' colours are not known. Reads reactive state. */
  follow(): void {
    const { photo, finish } = this.#workbench;
    const { tint } = finish;
    const known = this.#layers.tint?.of ?? null;
    if (photo && tint && !this.#isBusy && !isSameTint(tint, known)) void this.#load();
  }

  async #load(): Promise<void> {
    const { photo, finish } = this.#workbench;
    const { tint } = finish;
    if (!photo || !tint) return;
    this.#isBusy = true;
    const reply = await this.#enhancer.tint(photo.id, tint).finally(() => (this.#isBusy = false));
    const isPresent = this.#workbench.photo === photo;
    if (reply.ok && isPresent) this.#layers.setTint({ of: tint, map: reply.value });
    // What has been painted meanwhile; what failed is not tried again before something is.
    if (this.#workbench.finish.tint !== tint || !isPresent) this.follow();
  }
}
