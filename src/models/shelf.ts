import { EnhanceError } from '../core/errors';
import type { Card, Catalog, Precision, StoredFile } from './catalog';
import { ModelStore } from './store';

/** A file and whether it is kept. */
export type ShelfFile = { readonly file: StoredFile; readonly kept: boolean };

/** A model and what is kept of it. */
export type ShelfModel = {
  readonly id: string;
  readonly title: string;
  readonly precisions: readonly Precision[];
  readonly files: readonly ShelfFile[];
};

/** Every file that a card names: the one place that knows which. */
function filesOf(card: Card): readonly StoredFile[] {
  return card.files.flatMap((file) => [file, file.golden]);
}

/** The models kept offline, as a list that can be completed and emptied. */
export class Shelf {
  readonly #catalogUrl: string;
  readonly #store: ModelStore;

  /**
   * @param catalogUrl Absolute address of the catalogue.
   * @param store Where the models are; the browser's own by default.
   */
  constructor(catalogUrl: string, store: ModelStore = new ModelStore()) {
    this.#catalogUrl = catalogUrl;
    this.#store = store;
  }

  /**
   * Every model of the site, kept or not, in the catalogue's order. The catalogue is kept by asking.
   *
   * @returns The list.
   * @throws {EnhanceError} Where there is no catalogue, as {@link ModelStore.loadCatalog} says.
   */
  async list(): Promise<ShelfModel[]> {
    const catalog: Catalog = await this.#store.loadCatalog(this.#catalogUrl);
    const asking = catalog.models.map(async (card) => {
      const files = filesOf(card).map(async (file) => ({
        file,
        kept: await this.#store.has(file),
      }));
      const precisions = card.files.map(({ precision }) => precision);
      return { id: card.id, title: card.title, precisions, files: await Promise.all(files) };
    });
    return Promise.all(asking);
  }

  /**
   * Fetches a file, unless it is kept already, checks it and keeps it.
   *
   * @param file Which.
   * @param signal Stops it.
   * @param onBytes Called with how much of this file has arrived.
   * @throws {EnhanceError} `storage-full` where it cannot be stored; else as {@link ModelStore.load}.
   * @throws {DOMException} The signal's reason, where it was aborted.
   */
  async keep(
    file: StoredFile,
    signal: AbortSignal,
    onBytes: (loaded: number) => void,
  ): Promise<void> {
    const { kept } = await this.#store.load(file, this.#catalogUrl, {
      signal,
      onProgress: onBytes,
    });
    if (!kept) throw new EnhanceError('storage-full');
  }

  /**
   * Deletes a model's files; they are fetched again when they are next needed.
   *
   * @param model Which.
   */
  async drop(model: ShelfModel): Promise<void> {
    await Promise.all(model.files.map(({ file }) => this.#store.drop(file)));
  }
}
