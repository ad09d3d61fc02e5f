import type { StatedModel } from '../protocol';
import type { HostModels } from './host-models.svelte';

/** Where a host's models come in: what takes them is loaded with the first host that has any. */
export class ModelDoor {
  /** Null as long as there are none. */
  models = $state.raw<HostModels | null>(null);
  readonly #load: () => Promise<HostModels>;
  #stated: readonly StatedModel[] = [];
  #loading: Promise<HostModels> | undefined;

  /** @param load Loads what takes them. */
  constructor(load: () => Promise<HostModels>) {
    this.#load = load;
  }

  /**
   * Hears which models the host has.
   *
   * @param stated All of them.
   */
  async hear(stated: readonly StatedModel[]): Promise<void> {
    this.#stated = stated;
    if (stated.length === 0 && !this.#loading) return;
    try {
      const models = await (this.#loading ??= this.#load());
      if (stated === this.#stated) await models.hear(stated);
      this.models = models;
    } catch {
      // Without them the widget is what it is without any; the next that are stated try again.
      this.#loading = undefined;
    }
  }

  /**
   * Takes what the host has sent; before anything was asked for, it is dropped.
   *
   * @param id Of which model.
   * @param part The next of its bytes; undefined where no more comes.
   */
  take(id: number, part: Uint8Array | undefined): void {
    this.models?.take(id, part);
  }
}
