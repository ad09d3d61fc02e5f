/**
 * The engine's files: kept by the service worker when they are first used, or here all at once. Both
 * keep them in the same cache, under their addresses, which carry a hash.
 */

import { fetchWithin } from '../../integrity/fetch-within';

/** The cache's name. */
export const engineCache = 'enlarger-engine';

/** The cache mode by which the service worker knows a request whose answer the page keeps by itself. */
export const bySelf = 'no-cache';

/** A file of this build. */
export type EngineFile = {
  /** Absolute. */
  readonly url: string;
  readonly bytes: number;
};

/**
 * The engine files that this browser uses: of onnxruntime's two builds it needs only one.
 *
 * @param files Every file of a build.
 * @param suspends Whether this browser can suspend wasm (JSPI).
 * @returns Those for this browser; src/engine/runtime.ts makes the same choice.
 */
export function chooseFiles(files: readonly EngineFile[], suspends: boolean): EngineFile[] {
  const others = suspends
    ? /\/(ort-wasm[\w-]*\.asyncify|ort\.webgpu\.bundle)\b/
    : /\/(ort-wasm[\w-]*\.jspi|ort\.jspi\.bundle)\b/;
  return files.filter(({ url }) => !others.test(url));
}

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
  const absolute = files.map(({ url, bytes }) => ({ url: new URL(url, base).href, bytes }));
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
 * Fetches a file and keeps it, whole or not at all.
 *
 * @param file Which.
 * @param signal Stops it.
 * @param onBytes Called with the number of bytes of each piece that arrives.
 * @throws {TypeError} Where it cannot be fetched.
 * @throws {DOMException} `QuotaExceededError` where there is no room; the signal's reason.
 */
export async function keepFile(
  { url, bytes }: EngineFile,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<void> {
  const response = await fetchWithin(location.href, url, { signal, cache: bySelf });
  if (!response.ok || !response.body) throw new TypeError(`${url}: HTTP ${response.status}`);
  let arrived = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      arrived += chunk.length;
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
    flush() {
      if (arrived !== bytes) throw new TypeError(`${url}: ${arrived} of ${bytes} bytes`);
    },
  });
  // The body is unpacked by now: these two speak of the packed one.
  const headers = new Headers(response.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const cache = await caches.open(engineCache);
  await cache.put(url, new Response(response.body.pipeThrough(counter), { headers }));
}

/** Deletes every kept engine file; they come back with the next use. */
export async function dropEngine(): Promise<void> {
  await caches.delete(engineCache);
}

/**
 * The size of the page itself, as the service worker keeps it.
 *
 * @returns Bytes; 0 where it keeps none.
 */
export async function measureShell(): Promise<number> {
  const names = (await caches.keys()).filter((name) => name.includes('precache'));
  const sizes = names.map(async (name) => {
    const cache = await caches.open(name);
    const responses = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
    return Promise.all(responses.map(async (response) => (await response?.blob())?.size ?? 0));
  });
  return (await Promise.all(sizes)).flat().reduce((sum, size) => sum + size, 0);
}
