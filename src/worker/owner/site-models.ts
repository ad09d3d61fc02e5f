import { EnhanceError } from '../../core/errors';
import {
  chooseFile,
  parseCatalog,
  type Card,
  type Catalog,
  type ModelFile,
  type StoredFile,
} from '../../models/catalog';
import type { Offers } from '../../core/recipe/offers';
import { isMade, isOwnFile, OwnShelf, type OwnModel } from '../../models/own/own-shelf';
import type { ModelStore } from '../../models/store';
import type { Machine } from '../engine/protocol';
import type { GivenModels } from '../protocol';

/** How files are fetched for a job. */
export type Supply = {
  readonly signal: AbortSignal;
  /** Told which share of all bytes has arrived, 0..1. */
  readonly onFraction: (fraction: number) => void;
  /** A file could not be kept for the next time. */
  readonly onUnkept: () => void;
};

/** Milliseconds without a byte after which a file that a job may do without is not waited for. */
const patienceMs = 8000;

/**
 * The files of a job's networks in memory, verified, so that no step of it waits for the network or
 * hashes a file again.
 */
export class ModelFiles {
  readonly #files: ReadonlyMap<string, Uint8Array | EnhanceError>;

  /** @param files Each file, or why it is not there, by {@link keyOf}. */
  constructor(files: ReadonlyMap<string, Uint8Array | EnhanceError>) {
    this.#files = files;
  }

  /**
   * A file's bytes.
   *
   * @param file A model's file or its golden tile.
   * @returns The bytes, shared: only to be read.
   * @throws {EnhanceError} Why it could not be fetched: a job begins without the files that it may not need.
   */
  bytesOf(file: StoredFile): Uint8Array {
    const found = this.#files.get(keyOf(file));
    if (found instanceof Uint8Array) return found;
    throw found ?? new EnhanceError('unexpected', { cause: `not fetched: ${file.url}` });
  }
}

/** Makes the golden tile of a person's own model on the CPU; the bytes are shared. */
export type MakeProof = (card: Card, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

/** What this site's models are, and their files. */
export class SiteModels {
  readonly #store: ModelStore;
  readonly #catalogUrl: string;
  readonly #given: GivenModels | undefined;
  readonly #own: OwnShelf;
  readonly #prove: MakeProof | undefined;
  #catalog: Promise<Catalog> | undefined;
  #brought: ReadonlyMap<string, OwnModel> = new Map();

  /**
   * @param store Where files come from.
   * @param catalogUrl Absolute address of the catalogue; files lie beside it.
   * @param given The catalogue itself, where the page brings it.
   * @param own What the person has brought, and what makes the golden tiles that are not there yet; without, a GPU is not trusted with
   *   such models.
   * @param own.shelf Where they are.
   * @param own.prove Makes a tile.
   */
  constructor(
    store: ModelStore,
    catalogUrl: string,
    given?: GivenModels,
    { shelf, prove }: { readonly shelf: OwnShelf; readonly prove?: MakeProof } = {
      shelf: new OwnShelf(),
    },
  ) {
    this.#own = shelf;
    this.#prove = prove;
    this.#store = store;
    this.#catalogUrl = catalogUrl;
    this.#given = given;
  }

  /**
   * The catalogue, asked for once, and again after a failure.
   *
   * @returns All cards.
   * @throws {EnhanceError} As `ModelStore.loadCatalog`.
   */
  catalog(): Promise<Catalog> {
    if (this.#catalog) return this.#catalog;
    const loading = this.#loadCatalog();
    this.#catalog = loading;
    loading.catch(() => (this.#catalog = undefined));
    return loading;
  }

  /**
   * What the person has brought, as it is now.
   *
   * @returns Each by the hash that recipes name it by: the same object as the last time where nothing of it has changed.
   */
  async own(): Promise<ReadonlyMap<string, OwnModel>> {
    const models = await this.#own.list();
    const isSame = (a: OwnModel, b?: OwnModel) => JSON.stringify(a) === JSON.stringify(b);
    const kept = models.map((model): [string, OwnModel] => {
      const known = this.#brought.get(model.sha256);
      return [model.sha256, known && isSame(known, model) ? known : model];
    });
    return (this.#brought = new Map(kept));
  }

  /**
   * What the models can do.
   *
   * @returns An entry for each card.
   * @throws {EnhanceError} As `catalog`.
   */
  async offers(): Promise<Offers> {
    const { models } = await this.catalog();
    return models.map(({ task, scale, variant, tier }) => ({ task, scale, variant, tier }));
  }

  /**
   * How much must still be downloaded before a job can begin.
   *
   * @param cards Its networks.
   * @param machine What it runs on.
   * @returns Bytes of all files that are not kept here.
   */
  async missingBytes(cards: readonly Card[], machine: Machine): Promise<number> {
    const missing = await Promise.all(
      filesOf(cards, machine).map(async ({ file }) =>
        isOwnFile(file) || (await this.#store.has(file)) ? 0 : file.bytes,
      ),
    );
    return missing.reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * Fetches all that a job may want: the file that each network is run with, the one to fall back on,
   * and their golden tiles. Only without the first kind it cannot begin. Of a person's own models these tiles are made where a GPU
   * is the machine and they are not there yet.
   *
   * @param cards Its networks.
   * @param machine What it runs on.
   * @param supply Cancel and progress.
   * @returns The files.
   * @throws {EnhanceError} `offline`, `model-missing` or `model-corrupt`.
   * @throws {DOMException} The signal's reason.
   */
  async supply(cards: readonly Card[], machine: Machine, supply: Supply): Promise<ModelFiles> {
    const wanted = filesOf(cards, machine);
    const total = wanted.reduce((sum, { file }) => sum + file.bytes, 0);
    const files = new Map<string, Uint8Array | EnhanceError>();
    let before = 0;
    for (const { file, isNeeded } of wanted) {
      const onBytes = (bytes: number) => supply.onFraction((before + bytes) / total);
      const load = isNeeded ? this.#load : this.#try;
      const loaded = await load.call(this, file, supply.signal, onBytes);
      files.set(keyOf(file), loaded instanceof EnhanceError ? loaded : loaded.bytes);
      if (!(loaded instanceof EnhanceError) && !loaded.kept) supply.onUnkept();
      before += file.bytes;
    }
    for (const card of machine.backend === 'webgpu' ? cards : []) {
      const tile = card.files[0]?.golden;
      if (tile && !isMade(tile)) files.set(keyOf(tile), await this.#make(card, supply.signal));
    }
    void this.#catalog?.then((catalog) => this.#store.prune(catalog)).catch(() => undefined);
    return new ModelFiles(files);
  }

  async #loadCatalog(): Promise<Catalog> {
    if (this.#given) return parseCatalog(this.#given.catalog);
    return this.#store.loadCatalog(this.#catalogUrl);
  }

  async #load(file: StoredFile, signal: AbortSignal, onProgress: (bytes: number) => void) {
    if (isOwnFile(file)) return { bytes: await this.#own.load(file), kept: true };
    const options = { signal, onProgress };
    const url = this.#given?.addresses[file.url];
    // Its own address is the page's word, wherever a bundler has put it.
    if (url !== undefined) return this.#store.load({ ...file, url }, url, options);
    return this.#store.load(file, this.#catalogUrl, options);
  }

  /** A golden tile, or why there is none: the job is done without a GPU then. */
  async #make(card: Card, signal: AbortSignal): Promise<Uint8Array | EnhanceError> {
    try {
      if (this.#prove) return await this.#prove(card, signal);
      return new EnhanceError('unexpected', { cause: `untried: ${card.id}` });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof EnhanceError) return error;
      return new EnhanceError('unexpected', { cause: String(error) });
    }
  }

  /** A file that a job may do without: a network that is not there, or hangs, does not hold it up. */
  async #try(file: StoredFile, signal: AbortSignal, onBytes: (bytes: number) => void) {
    const stalled = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), patienceMs);
    };
    watch();
    try {
      return await this.#load(file, AbortSignal.any([signal, stalled.signal]), (bytes) => {
        watch();
        onBytes(bytes);
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof EnhanceError) return error;
      return new EnhanceError('download-failed', { url: file.url, cause: String(error) });
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * The file of a model that a machine runs best.
 *
 * @param machine The machine.
 * @param model The model.
 * @returns The file.
 * @throws {EnhanceError} `model-missing`.
 */
export function chooseFor({ hasF16 }: Machine, model: Card): ModelFile {
  return chooseFile(model, hasF16 ? 'fp16' : 'int8');
}

/** A golden tile that is still to be made has its model's address alone. */
const keyOf = ({ sha256, url }: StoredFile): string => sha256 || url;

type Wanted = { readonly file: StoredFile; readonly isNeeded: boolean };

/** Each file once: those to run first. */
function filesOf(cards: readonly Card[], machine: Machine): Wanted[] {
  const best = cards.map((card) => chooseFor(machine, card));
  // Computed with in 32 bits, whichever a card has of them.
  const spare = cards.flatMap(({ files }) => files.filter(({ precision }) => precision !== 'fp16'));
  const golden = [...best, ...spare].map((file) => file.golden).filter(isMade);
  const wanted = new Map<string, Wanted>();
  for (const file of best) wanted.set(file.sha256, { file, isNeeded: true });
  for (const file of [...spare, ...golden])
    if (!wanted.has(file.sha256)) wanted.set(file.sha256, { file, isNeeded: false });
  return [...wanted.values()];
}
