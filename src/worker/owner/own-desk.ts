import type { Card } from '../../models/catalog';
import type { OwnModel, OwnShelf } from '../../models/own/own-shelf';
import type { EngineHost } from '../engine/host';
import type { Machine } from '../engine/protocol';
import { hasHalfPrecision } from './half-precision';
import type { OwnProofs } from './own-proofs';
import type { Trials } from './trials';

/** What a person's own models are taken in with. */
export type OwnDeskParts = {
  readonly shelf: OwnShelf;
  readonly trials: Trials;
  /** Gives an engine of its own; whoever asked kills it. */
  readonly newHost: () => EngineHost;
  /** What photos are enhanced on here. */
  readonly identify: () => Promise<Machine>;
};

/** Takes a person's own models in, one at a time, and makes afterwards what only some machines want of them. */
export class OwnDesk {
  readonly #parts: OwnDeskParts;
  /** Ends the adding of a model. */
  #adding = new AbortController();
  /** The making of what is wanted afterwards, one model after the other. */
  #forming: Promise<unknown> = Promise.resolve();
  #proofs: Promise<OwnProofs> | undefined;

  /** @param parts What they are taken in with. */
  constructor(parts: OwnDeskParts) {
    this.#parts = parts;
  }

  /**
   * Adds a model to the shelf, in the place of one that is just being added.
   *
   * @param source The file, or its address.
   * @param about What lay beside it and says of what it is; what is believed first, first.
   * @returns What is kept.
   * @throws {EnhanceError} As `addOwnModel` and `downloadOwn`.
   * @throws {DOMException} `AbortError` once it is stopped.
   */
  async add(source: File | string, about?: readonly File[]): Promise<OwnModel> {
    this.stop();
    const { signal } = (this.#adding = new AbortController());
    const { addOwnModel } = await import('./own-models');
    const { shelf, trials, newHost } = this.#parts;
    const file = typeof source === 'string' ? await fetchModel(source, signal) : source;
    const model = await addOwnModel({ file, about }, { shelf, trials, host: newHost() }, signal);
    this.#forming = this.#forming.then(() => this.#form(model)).catch(() => undefined);
    return model;
  }

  /** Ends the adding of a model; nothing of it is kept. */
  stop(): void {
    this.#adding.abort();
  }

  /**
   * The golden tile of a model; see `OwnProofs`.
   *
   * @param card Its card.
   * @param signal Gives up waiting.
   * @returns The tile, shared.
   * @throws {EnhanceError} As `OwnProofs.make`.
   * @throws {DOMException} The signal's reason.
   */
  async prove(card: Card, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { shelf, newHost } = this.#parts;
    this.#proofs ??= import('./own-proofs').then((proofs) => {
      return new proofs.OwnProofs({ shelf, newHost });
    });
    return (await this.#proofs).make(card, signal);
  }

  /** What only GPUs want is made after the model can be used; on the CPU, it works as well without. */
  async #form(model: OwnModel): Promise<void> {
    const { backend } = await this.#parts.identify();
    if (backend !== 'webgpu') return;
    await this.prove(model.card);
    if (!(await hasHalfPrecision())) return;
    const { makeHalves } = await import('./own-forms');
    await makeHalves(model, { shelf: this.#parts.shelf, host: this.#parts.newHost() });
  }
}

async function fetchModel(address: string, signal: AbortSignal): Promise<File> {
  const { downloadOwn } = await import('./own-download');
  return downloadOwn(address, signal);
}
