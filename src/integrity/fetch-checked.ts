import { EnhanceError } from '../core/errors';
import { digest } from './digest';
import { exchange, type Chunks, type Network } from './exchange';
import { fetchWithin } from './fetch-within';
import { noteMended } from './mended';
import { browserClock } from './stall';

/** How a file of the build is fetched. */
export type CheckedOptions = {
  readonly signal?: AbortSignal;
  /** Where the first try may take it from; `default`. */
  readonly cache?: RequestCache;
  /** Called with the number of bytes of each piece that arrives, also of a try that comes to nothing. */
  readonly onBytes?: (count: number) => void;
};

/** A file as it was built. */
export type CheckedFile = {
  /** The whole file, owned by the receiver. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the response that brought it. */
  readonly headers: Headers;
};

/** Stands in an address before what the build says of the file: see {@link Built}. */
const marker = '#sha256=';

/** What the build says of a file: its SHA-256 in 64 lower-case hexadecimal digits, a dot, its bytes. */
export type Built = string;

/** Most bytes of a file of which nothing is said; no built file has as many. */
const mostBytes = 64 * 2 ** 20;

const ownNetwork: Network = {
  fetch: (url, init) => fetchWithin(self.location.href, url, init),
  clock: browserClock,
};

/**
 * Fetches a file of the build and proves that it is the one that was built. One answer may be wrong, of
 * whatever kind: then the file is asked for once more, past every cache between here and the server, and
 * that it was mended is noted. No more is read, or held, than the file has.
 *
 * @param address Absolute, or relative to this script's page or worker; with `#sha256=` and what the build
 *   says ({@link Built}). Without (in development), and where the page is not served securely and so cannot
 *   hash, any successful answer is taken.
 * @param options See {@link CheckedOptions}.
 * @param network How to reach it.
 * @returns The file.
 * @throws {EnhanceError} `file-altered` where the second answer is wrong as well; `offline` where the server
 *   cannot be reached, or nothing arrives for 15 seconds.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function fetchChecked(
  address: string,
  { signal, cache = 'default', onBytes }: CheckedOptions = {},
  network: Network = ownNetwork,
): Promise<CheckedFile> {
  const [path = '', built] = address.split(marker);
  const url = new URL(path, self.location.href).href;
  let status = 0;
  const ask = (cache: RequestCache): Promise<CheckedFile | null> =>
    exchange(network, url, { signal, cache }, async (response, chunks) => {
      const { ok, headers } = response;
      status = response.status;
      const bytes = ok ? await collect(chunks, bytesOf(built), onBytes) : null;
      return bytes && (await isAsBuilt(bytes, built)) ? { bytes, headers } : null;
    });
  const first = await ask(cache).catch((error: unknown) => {
    // An answer that breaks off is a wrong one.
    const isBroken = error instanceof EnhanceError && error.problem === 'download-failed';
    if (!isBroken || status === 0) throw error;
    return null;
  });
  if (first) return first;
  const second = await ask('reload');
  if (!second) throw new EnhanceError('file-altered', { url, status });
  await noteMended(url);
  return second;
}

/**
 * For who does without what cannot be fetched: that a file is not as it was built is told all the same.
 *
 * @param error What was thrown.
 * @throws {EnhanceError} The same, where it is `file-altered`.
 */
export function throwAltered(error: unknown): void {
  if (error instanceof EnhanceError && error.problem === 'file-altered') throw error;
}

/**
 * Whether bytes are those of a file of the build.
 *
 * @param bytes The whole file.
 * @param built What the build says; undefined where it says nothing.
 * @returns True as well where nothing can be hashed, on a page that is not served securely.
 */
export async function isAsBuilt(
  bytes: Uint8Array<ArrayBuffer>,
  built: Built | undefined,
): Promise<boolean> {
  if (built === undefined || !('subtle' in crypto)) return true;
  return built === `${await digest(bytes)}.${bytes.length}`;
}

/**
 * How many bytes a file of the build has.
 *
 * @param built What the build says; undefined where it says nothing.
 * @returns The number; the most that a file may have where it is not said.
 */
export function bytesOf(built: Built | undefined): number {
  return built === undefined ? mostBytes : Number(built.split('.')[1]);
}

/**
 * Puts together what arrives.
 *
 * @param chunks It, in pieces.
 * @param most Most bytes that are read.
 * @param onBytes Called with the number of each piece's.
 * @returns The whole; null where it is more than that, which is left unread.
 */
export async function collect(
  chunks: Chunks,
  most: number,
  onBytes: (count: number) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most) return null;
    parts.push(chunk);
    onBytes(chunk.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
