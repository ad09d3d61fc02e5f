import { EnhanceError } from '../core/errors';
import { digest } from './digest';
import { fetchWithin } from './fetch-within';
import { noteMended } from './mended';

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

const marker = '#sha256=';

/**
 * Fetches a file of the build and proves that it is the one that was built. One answer may be wrong, of
 * whatever kind: then the file is asked for once more, past every cache between here and the server, and
 * that it was mended is noted.
 *
 * @param address Absolute, or relative to this script's page or worker; with `#sha256=` and the file's
 *   hash, as the build writes it. Without (in development), and where the page is not served securely and
 *   so cannot hash, any successful answer is taken.
 * @param options See {@link CheckedOptions}.
 * @returns The file.
 * @throws {EnhanceError} `file-altered` where the second answer is wrong as well.
 * @throws {TypeError} Where the server cannot be reached.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function fetchChecked(
  address: string,
  options: CheckedOptions = {},
): Promise<CheckedFile> {
  const [url = '', sha256] = address.split(marker);
  const { signal, cache = 'default', onBytes } = options;
  let status = 0;
  for (const isSecond of [false, true]) {
    const init = { cache: isSecond ? 'reload' : cache, ...(signal && { signal }) };
    const response = await fetchWithin(self.location.href, url, init);
    status = response.status;
    const bytes = await read(response, signal, onBytes);
    if (!bytes || !(await isAsBuilt(bytes, sha256))) continue;
    if (isSecond) await noteMended(new URL(url, self.location.href).href);
    return { bytes, headers: response.headers };
  }
  throw new EnhanceError('file-altered', { url, status });
}

/**
 * Whether bytes are those of a file of the build.
 *
 * @param bytes The whole file.
 * @param sha256 What the build says, 64 lower-case hexadecimal digits; undefined where it says nothing.
 * @returns True as well where nothing can be hashed, on a page that is not served securely.
 */
export async function isAsBuilt(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string | undefined,
): Promise<boolean> {
  if (sha256 === undefined || !('subtle' in crypto)) return true;
  return (await digest(bytes)) === sha256;
}

/** The whole body; undefined where the answer is a failure, or breaks off. */
async function read(
  response: Response,
  signal: AbortSignal | undefined,
  onBytes: ((count: number) => void) | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!response.ok || !response.body) {
    await response.body?.cancel().catch(() => undefined);
    return undefined;
  }
  try {
    if (!onBytes) return new Uint8Array(await response.arrayBuffer());
    const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes(chunk.length);
        controller.enqueue(chunk);
      },
    });
    const counted = new Response(response.body.pipeThrough(counter));
    return new Uint8Array(await counted.arrayBuffer());
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
