import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';
import { digest } from '../integrity/digest';
import type { Network } from '../integrity/exchange';
import { fetchWithin, type Fetch } from '../integrity/fetch-within';
import { browserClock, type Clock } from '../integrity/stall';
import { addressBelow } from './address';
import { parseCatalog, type Catalog, type StoredFile } from './catalog';
import { downloadCatalog, downloadFile, type OnBytes } from './download';
import { createBrowserKeep, type Keep } from './keep';
import { putFile, readKeptFile, sizeOfKept } from './kept-file';
import { createBrowserLocks, type Locks } from './locks';

/** What the store stands on; each has the browser's own as its default. */
export type StorePorts = {
  readonly fetch: Fetch;
  readonly keep: Keep;
  readonly locks: Locks;
  /** Counts the time in which nothing arrives. */
  readonly clock: Clock;
  /** How long the network may take over the catalogue where a kept one is at hand, in ms; 8000. */
  readonly patienceMs: number;
};

/** How to load a file. */
export type LoadOptions = {
  readonly signal?: AbortSignal;
  /** Called after each downloaded chunk, and once where nothing had to be downloaded. */
  readonly onProgress?: OnBytes;
};

/** A verified file. */
export type LoadedFile = {
  /** Owned by the receiver. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** False where it could not be stored and will be downloaded again. */
  readonly kept: boolean;
};

const catalogKey = (url: string) => `catalog:${url}`;

/**
 * The bytes of models and golden tiles, online or off. A file is kept under its SHA-256, and no byte
 * of it is handed out before its size and hash have been checked, wherever it came from. Storage that
 * is full, off or broken costs a download at the next visit and nothing else.
 */
export class ModelStore {
  readonly #fetch: Fetch | undefined;
  readonly #clock: Clock;
  readonly #keep: Keep;
  readonly #locks: Locks;
  readonly #patienceMs: number;

  /** @param ports What to use instead of the browser's own network, storage and locks. */
  constructor(ports: Partial<StorePorts> = {}) {
    this.#fetch = ports.fetch;
    this.#clock = ports.clock ?? browserClock;
    this.#keep = ports.keep ?? createBrowserKeep();
    this.#locks = ports.locks ?? createBrowserLocks();
    this.#patienceMs = ports.patienceMs ?? 8000;
  }

  /**
   * The catalogue: from the network, or the last good one where the network fails, is slow, or
   * answers nonsense.
   *
   * @param url Absolute address of `catalog.json`.
   * @param signal Stops the request.
   * @returns The catalogue.
   * @throws {EnhanceError} `offline`, `model-missing` or `model-corrupt` where none is kept either.
   * @throws {DOMException} The signal's reason, where it was aborted.
   */
  async loadCatalog(url: string, signal?: AbortSignal): Promise<Catalog> {
    const kept = await this.#readKeptCatalog(url, signal);
    try {
      const patience = kept && AbortSignal.timeout(this.#patienceMs);
      const signals = [signal, patience].filter((each) => each !== undefined);
      const text = await downloadCatalog(this.#within(url), url, AbortSignal.any(signals));
      const catalog = parseCatalogText(text, url);
      await succeeds(this.#keep.set(catalogKey(url), text));
      return catalog;
    } catch (error) {
      signal?.throwIfAborted();
      if (kept) return kept;
      throw error;
    }
  }

  /**
   * Whether a file is kept, going by its size; {@link load} checks the rest.
   *
   * @param file A model's file or its golden tile.
   * @returns True where {@link load} should need no network.
   */
  async has(file: StoredFile): Promise<boolean> {
    const value = await this.#keep.get(file.sha256).catch(() => undefined);
    return sizeOfKept(value) === file.bytes;
  }

  /**
   * A file's verified bytes, from storage or else from the network; never downloaded by two tabs
   * at once.
   *
   * @param file A model's file or its golden tile.
   * @param baseUrl Absolute address of the catalogue that names it; nothing outside its folder is asked
   *   for.
   * @param options Cancelling and progress.
   * @returns The bytes, and whether they are stored for offline use.
   * @throws {EnhanceError} `offline`, `model-missing` or `model-corrupt`.
   * @throws {DOMException} The signal's reason, where it was aborted.
   */
  async load(file: StoredFile, baseUrl: string, options: LoadOptions = {}): Promise<LoadedFile> {
    const { signal, onProgress } = options;
    signal?.throwIfAborted();
    const kept = await this.#readKept(file, signal);
    if (kept) return give(kept, onProgress);
    return this.#locks.request(
      `enlarger-model-${file.sha256}`,
      signal ? { signal } : {},
      async () => {
        // Another tab may have finished it while this one waited.
        const since = await this.#readKept(file, signal);
        if (since) return give(since, onProgress);
        const url = addressBelow(file.url, baseUrl);
        if (url === null)
          throw new EnhanceError('catalog-wrong', { path: file.url, expected: 'path-below' });
        const options = { signal, onBytes: onProgress };
        const bytes = await downloadFile(this.#within(baseUrl), url, file, options);
        const isKept = await succeeds(putFile(this.#keep, file.sha256, bytes));
        signal?.throwIfAborted();
        return { bytes, kept: isKept };
      },
    );
  }

  /**
   * Deletes a kept file.
   *
   * @param file Which.
   * @throws {unknown} Where storage does not work, whatever it throws.
   */
  async drop(file: StoredFile): Promise<void> {
    await this.#keep.delete(file.sha256);
  }

  /**
   * Drops every kept file that a catalogue no longer names.
   *
   * @param catalog What to keep.
   * @returns How many were dropped; 0 where storage does not work.
   */
  async prune(catalog: Catalog): Promise<number> {
    const files = catalog.models.flatMap((card) => card.files);
    const wanted = new Set(files.flatMap((file) => [file.sha256, file.golden.sha256]));
    const keys = await this.#keep.keys().catch((): string[] => []);
    const stale = keys.filter((key) => /^[0-9a-f]{64}$/.test(key) && !wanted.has(key));
    const outcomes = await Promise.allSettled(stale.map((key) => this.#keep.delete(key)));
    return outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
  }

  /** The network, as far as it is of the catalogue's origin. */
  #within(catalogUrl: string): Network {
    return {
      fetch: (url, init) => fetchWithin(catalogUrl, url, init, this.#fetch),
      clock: this.#clock,
    };
  }

  async #readKeptCatalog(url: string, signal?: AbortSignal): Promise<Catalog | undefined> {
    try {
      const text = await untilAborted(this.#keep.get(catalogKey(url)), signal);
      return typeof text === 'string' ? parseCatalogText(text, url) : undefined;
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Kept and verified bytes; a record that fails is dropped, and any failure counts as not kept. */
  async #readKept(
    file: StoredFile,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const value = await untilAborted(this.#keep.get(file.sha256), signal);
      if (value === undefined) return undefined;
      if (sizeOfKept(value) === file.bytes) {
        const bytes = await untilAborted(readKeptFile(value), signal);
        if (bytes && (await digest(bytes)) === file.sha256) return bytes;
      }
      await this.#keep.delete(file.sha256);
    } catch {
      // Not being able to read is not being kept.
    }
    signal?.throwIfAborted();
    return undefined;
  }
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

function give(bytes: Uint8Array<ArrayBuffer>, onProgress: OnBytes | undefined): LoadedFile {
  onProgress?.(bytes.length, bytes.length);
  return { bytes, kept: true };
}

function parseCatalogText(text: string, url: string): Catalog {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EnhanceError('catalog-unreadable');
  }
  return parseCatalog(value, { catalogUrl: url });
}
