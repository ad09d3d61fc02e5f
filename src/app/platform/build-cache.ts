import { chunksOf } from '../../integrity/exchange';
import {
  bytesOf,
  collect,
  fetchChecked,
  isAsBuilt,
  type Built,
} from '../../integrity/fetch-checked';
import { fetchWithin } from '../../integrity/fetch-within';
import { noteMended } from '../../integrity/mended';

/** A file of the build, as the service worker keeps it. */
export type BuiltFile = {
  /** Absolute address. */
  readonly url: string;
  readonly built: Built;
};

/** Bytes of wasm that is not kept while it is passed on, at least: of onnxruntime's alone. */
const leastLater = 2 ** 23;

/** How long after it was passed on that is fetched to be kept, in milliseconds: what asked for it has begun by then, mostly. */
const laterMs = 10_000;

/** How a file is answered. */
export type AnswerOptions = {
  /** Takes the file from the server, past every copy. */
  readonly isFresh: boolean;
  /** Is given what goes on after the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
};

/**
 * Files of the build in one of the browser's caches, none of which is kept or given out unless it is as
 * it was built. What is found otherwise is dropped, fetched anew, and noted (`integrity/mended`).
 */
export class BuildCache {
  readonly #name: string;
  readonly #files: ReadonlyMap<string, Built>;
  readonly #keyOf: (file: BuiltFile) => string;

  /**
   * @param name The cache's.
   * @param files All that may lie in it.
   * @param keyOf Under which address a file lies in it; its own by default.
   */
  constructor(
    name: string,
    files: readonly BuiltFile[],
    keyOf: (file: BuiltFile) => string = ({ url }) => url,
  ) {
    this.#name = name;
    this.#files = new Map(files.map(({ url, built }) => [url, built]));
    this.#keyOf = keyOf;
  }

  /**
   * Whether a file belongs here, kept or not.
   *
   * @param url Absolute address.
   * @returns False for another build's.
   */
  has(url: string): boolean {
    return this.#files.has(url);
  }

  /**
   * A file: from the cache, or else from the network, and then kept. Wasm is passed on as it arrives, whatever
   * it is: who compiles it hashes it, and has to see that it arrives. The largest is fetched once more to be kept, by then from the browser's own
   * cache: what two read at once goes through this thread, and 17 MB then took a first start more than a second longer.
   *
   * @param url Absolute address of a file that {@link has} knows.
   * @param options See {@link AnswerOptions}.
   * @returns The file.
   * @throws {EnhanceError} `file-altered` where the server has another; `offline` where it is not kept and
   *   does not arrive.
   */
  async answer(url: string, { isFresh, waitUntil }: AnswerOptions): Promise<Response> {
    const file = this.#fileOf(url);
    const kept = isFresh ? undefined : await this.#find(file).catch(() => undefined);
    if (kept) return kept;
    const cache = isFresh ? 'reload' : 'default';
    // Storage that is full, off or broken costs a download at the next visit and nothing else.
    const keep = (keeping: Promise<unknown>) => waitUntil(keeping.catch(() => undefined));
    if (!url.endsWith('.wasm')) {
      const response = await fetchBuilt(file, cache);
      keep(this.#keep(file, response.clone()));
      return response;
    }
    const response = await fetchWithin(self.location.href, url, { cache });
    const isLarge = bytesOf(file.built) >= leastLater;
    keep(isLarge ? this.#keepLater(file, isFresh) : this.#keepRight(file, response.clone()));
    return response;
  }

  /**
   * Keeps files that are not kept yet.
   *
   * @param urls Absolute addresses; every file's by default.
   * @throws {EnhanceError} `file-altered` where the server has another file; `offline` where it does not arrive.
   * @throws {DOMException} Where there is no room.
   */
  async fill(urls: Iterable<string> = this.#files.keys()): Promise<void> {
    for (const url of urls) {
      const file = this.#fileOf(url);
      if (await this.#find(file)) continue;
      // A name without a hash may mean an older file in the browser's own cache.
      const cache = /\/assets\//.test(url) ? 'default' : 'no-cache';
      await this.#keep(file, await fetchBuilt(file, cache));
    }
  }

  /**
   * Which files of any build are kept.
   *
   * @returns The addresses under which they lie.
   */
  async list(): Promise<string[]> {
    return (await (await caches.open(this.#name)).keys()).map(({ url }) => url);
  }

  /** Under which addresses its files lie in the cache, where they are kept. */
  get keys(): string[] {
    return [...this.#files].map(([url, built]) => this.#keyOf({ url, built }));
  }

  /**
   * Deletes what is not of this build.
   *
   * @param isOld What of it, by address; all by default.
   */
  async prune(isOld: (key: string) => boolean = () => true): Promise<void> {
    const cache = await caches.open(this.#name);
    const wanted = new Set(this.keys);
    const old = (await cache.keys()).filter(({ url }) => !wanted.has(url) && isOld(url));
    await Promise.all(old.map((request) => cache.delete(request)));
  }

  #fileOf(url: string): BuiltFile {
    const built = this.#files.get(url);
    if (built === undefined) throw new TypeError(`not of this build: ${url}`);
    return { url, built };
  }

  async #find(file: BuiltFile): Promise<Response | undefined> {
    const key = this.#keyOf(file);
    const cache = await caches.open(this.#name);
    const kept = await cache.match(key, { ignoreVary: true });
    // Who compiles wasm hashes it (fetchChecked) and asks for a fresh copy where it is wrong: hashing
    // 17 MB here as well would cost a start twice the time.
    if (!kept || file.url.endsWith('.wasm')) return kept;
    const bytes = new Uint8Array(await kept.clone().arrayBuffer());
    if (await isAsBuilt(bytes, file.built)) return kept;
    await cache.delete(key, { ignoreVary: true });
    await noteMended(file.url);
    return undefined;
  }

  async #keepRight(file: BuiltFile, response: Response): Promise<void> {
    const bytes = await collect(chunksOf(response), bytesOf(file.built));
    if (!bytes || !response.ok || !(await isAsBuilt(bytes, file.built))) return;
    await this.#keep(file, toKeep(bytes, response.headers));
  }

  /** Also in the place of what is kept, where that was wrong. */
  async #keepLater(file: BuiltFile, isReplaced: boolean): Promise<void> {
    await new Promise((waited) => setTimeout(waited, laterMs));
    if (isReplaced || !(await this.#find(file)))
      await this.#keep(file, await fetchBuilt(file, 'default'));
  }

  async #keep(file: BuiltFile, response: Response): Promise<void> {
    await (await caches.open(this.#name)).put(this.#keyOf(file), response);
  }
}

/** A response of its own, with the server's headers: from the cache a page is isolated as the host's own is. */
async function fetchBuilt({ url, built }: BuiltFile, cache: RequestCache): Promise<Response> {
  const { bytes, headers } = await fetchChecked(`${url}#sha256=${built}`, { cache });
  return toKeep(bytes, headers);
}

/**
 * A response that can be kept in place of the one that brought a file.
 *
 * @param bytes The file.
 * @param headers Of the response that brought it.
 * @returns The response, without what speaks of the body's packing.
 */
export function toKeep(bytes: Uint8Array<ArrayBuffer>, headers: Headers): Response {
  const kept = new Headers(headers);
  kept.delete('Content-Encoding');
  kept.delete('Content-Length');
  return new Response(bytes, { headers: kept });
}
