import { untilAborted } from '../../core/abort';
import type { Card } from '../../models/catalog';
import { hashOfOwn, isMade, type OwnShelf } from '../../models/own/own-shelf';
import type { EngineHost } from '../engine/host';

/** What golden tiles are made with. */
export type ProofParts = {
  /** Where the models are. */
  readonly shelf: OwnShelf;
  /** Gives an engine of its own, which is killed after the tile. */
  readonly newHost: () => Pick<EngineHost, 'open' | 'prove' | 'kill'>;
};

/**
 * Makes the golden tiles of a person's own models that were added without: those whose reach is known exactly, and that the CPU
 * runs without being proved by its own result. Each is made once, however many ask for it.
 */
export class OwnProofs {
  readonly #parts: ProofParts;
  readonly #making = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  /** @param parts What they are made with. */
  constructor(parts: ProofParts) {
    this.#parts = parts;
  }

  /**
   * The golden tile of a model: as it is kept, or made now on the CPU, and kept.
   *
   * @param card The model's card, as it was planned with.
   * @param signal Gives up waiting; the tile is made all the same.
   * @returns The tile, shared: only to be read.
   * @throws {EnhanceError} `own-model-missing`; what the engine fails with.
   * @throws {DOMException} The signal's reason.
   */
  make(card: Card, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const sha256 = hashOfOwn(card);
    let making = this.#making.get(sha256);
    if (!making) {
      making = this.#make(card, sha256).finally(() => this.#making.delete(sha256));
      this.#making.set(sha256, making);
    }
    return signal ? untilAborted(making, signal) : making;
  }

  async #make(card: Card, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const { shelf, newHost } = this.#parts;
    // Another job, or another tab, may have had it made since the plan.
    const present = (await shelf.find(sha256))?.card ?? card;
    const [full] = present.files;
    if (full && isMade(full.golden)) {
      const kept = await shelf.load(full.golden).catch(() => null);
      if (kept) return kept;
    }
    const onnx = await shelf.load(full!);
    const host = newHost();
    try {
      await host.open('wasm');
      const { scale, halo, multiple } = present;
      const { golden } = await host.prove(onnx, { scale, halo, multiple, isExact: true });
      await shelf.addGolden(sha256, golden);
      return golden;
    } finally {
      host.kill();
    }
  }
}
