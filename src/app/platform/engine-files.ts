/**
 * The engine's files: kept by the service worker when they are first used, or here before that. Both
 * keep them in the same cache, under their addresses, which carry a hash.
 */

import { fetchChecked } from '../../integrity/fetch-checked';
import { fetchWithin } from '../../integrity/fetch-within';
import { toKeep } from './build-cache';
import { chooseFiles } from './engine-choice';

/** Formats whose codecs are heavy, and fetched only for them, by what their files are called; `press` for colours of a press, `speech` for what cleans it. */
const codecNames = {
  avif: /\/avif_/,
  heic: /\/libheif/,
  jxl: /\/jxl_/,
  press: /\/(lcms|UTIF)/,
  speech: /\/rnnoise/,
} as const;

/** A format with codecs of its own on the shelf, colours, or speech. */
export type CodecFormat = keyof typeof codecNames;

/** All of them. */
export const codecFormats = Object.keys(codecNames) as readonly CodecFormat[];

/**
 * Which format alone a file is for.
 *
 * @param file One of the engine's.
 * @param file.url Its address.
 * @returns The format; null for what every photo needs.
 */
export function codecOf({ url }: { readonly url: string }): CodecFormat | null {
  return codecFormats.find((format) => codecNames[format].test(url)) ?? null;
}

/** The name of the engine's cache. */
export const engineCache = 'enlarger-engine';

/** The name of the cache of the page itself. */
export const shellCache = 'enlarger-shell';

/** The name of the cache of the page's other languages. */
export const wordsCache = 'enlarger-words';

/** The cache mode by which the service worker knows a request whose answer the page keeps by itself. */
export const bySelf = 'no-cache';

/** A file of this build. */
export type EngineFile = {
  /** Absolute. */
  readonly url: string;
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
};

/**
 * The files of this build that this browser uses.
 *
 * @param base Absolute address of the page's folder, ending in a slash.
 * @returns Their addresses and sizes; none in development, where there is no build.
 */
export async function listEngine(base: string): Promise<EngineFile[]> {
  const response = await fetchWithin(base, 'engine.json').catch(() => null);
  if (!response?.ok || !response.headers.get('Content-Type')?.includes('json')) return [];
  const { files } = (await response.json()) as { readonly files: readonly EngineFile[] };
  const absolute = files.map((file) => ({ ...file, url: new URL(file.url, base).href }));
  return chooseFiles(absolute, 'Suspending' in WebAssembly);
}

/**
 * Which files are kept.
 *
 * @param files Asked about.
 * @returns Those of them that need no network, the same objects.
 */
export async function findKept(files: readonly EngineFile[]): Promise<EngineFile[]> {
  const cache = await caches.open(engineCache);
  const keys = new Set((await cache.keys()).map(({ url }) => url));
  return files.filter(({ url }) => keys.has(url));
}

/**
 * Fetches a file and keeps it, whole and as it was built or not at all.
 *
 * @param file Which.
 * @param signal Stops it.
 * @param onBytes Called with the number of bytes of each piece that arrives.
 * @throws {EnhanceError} `file-altered` where the server has another file; `offline` where it does not arrive.
 * @throws {DOMException} `QuotaExceededError` where there is no room; the signal's reason.
 */
export async function keepFile(
  { url, bytes, sha256 }: EngineFile,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<void> {
  const options = { signal, cache: bySelf, onBytes } as const;
  const address = `${url}#sha256=${sha256}.${bytes}`;
  const file = await fetchChecked(address, options);
  const cache = await caches.open(engineCache);
  await cache.put(url, toKeep(file.bytes, file.headers));
}

/**
 * Fetches what every photo may need and is not kept yet, so that what has been enhanced is also saved where the network or this
 * build has gone from the server meanwhile. It ends where a new version waits to take over.
 *
 * @throws {EnhanceError} As {@link keepFile}, of the first file that does not arrive; those before it are kept.
 * @throws {DOMException} As {@link keepFile}.
 */
export async function keepUsual(): Promise<void> {
  const base = new URL(import.meta.env.BASE_URL, location.href).href;
  const usual = (await listEngine(base)).filter((file) => codecOf(file) === null);
  const kept = await findKept(usual);
  const { signal } = new AbortController();
  for (const file of usual.filter((each) => !kept.includes(each))) {
    // Each request may wake the service worker that is to give way, and a browser then waits until it sleeps again.
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.waiting) return;
    await keepFile(file, signal, () => undefined);
  }
}

/** Deletes every kept engine file; they come back with the next use. */
export async function dropEngine(): Promise<void> {
  await caches.delete(engineCache);
}

/**
 * Deletes what is kept for one format, or for none in particular; it comes back with the next use.
 *
 * @param codec Which; null for what every photo needs.
 */
export async function dropPart(codec: CodecFormat | null): Promise<void> {
  const cache = await caches.open(engineCache);
  const ours = (await cache.keys()).filter((key) => codecOf(key) === codec);
  await Promise.all(ours.map((key) => cache.delete(key)));
}

/**
 * The size of the page itself, as the service worker keeps it, with the languages that are spoken.
 *
 * @returns Bytes; 0 where it keeps none.
 */
export async function measureShell(): Promise<number> {
  let bytes = 0;
  for (const name of [shellCache, wordsCache]) {
    const cache = await caches.open(name);
    const responses = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
    const sizes = responses.map(async (response) => (await response?.blob())?.size ?? 0);
    bytes += (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }
  return bytes;
}
