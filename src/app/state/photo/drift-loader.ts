import type { OwnerCalls } from '../../../worker/client';
import type { PhotoId } from '../../../worker/protocol';
import type { Layers } from './layers.svelte';
import type { RunResult } from './runner';
import type { Workbench } from './workbench.svelte';

/** Asks the worker how far a result's colours have drifted, once colour lock wants to know. */
export class DriftLoader {
  readonly #enhancer: Pick<OwnerCalls, 'drift'>;
  readonly #workbench: Pick<Workbench, 'photo' | 'result' | 'run'>;
  readonly #layers: Pick<Layers, 'drift' | 'setDrift'>;
  /** The result that is asked about. */
  #pending: RunResult | null = null;

  /**
   * @param enhancer Where it comes from.
   * @param workbench Has the result.
   * @param layers Where it goes.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'drift'>,
    workbench: Pick<Workbench, 'photo' | 'result' | 'run'>,
    layers: Pick<Layers, 'drift' | 'setDrift'>,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#layers = layers;
  }

  /** Colour lock is in use: asks, where the present result's drift is not known. Reads reactive state. */
  follow(): void {
    const { photo, result, run } = this.#workbench;
    if (!photo || !result || run || this.#layers.drift || this.#pending === result) return;
    void this.#load(photo.id, result);
  }

  async #load(photo: PhotoId, result: RunResult): Promise<void> {
    this.#pending = result;
    const reply = await this.#enhancer.drift(photo);
    if (this.#pending === result) this.#pending = null;
    const { result: present, run } = this.#workbench;
    if (reply.ok && present === result && !run) this.#layers.setDrift(reply.value);
  }
}
