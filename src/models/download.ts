import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';
import { digest } from '../integrity/digest';
import type { Fetch } from '../integrity/fetch-within';
import type { StoredFile } from './catalog';

export type { Fetch };

/** Told how far a download has come, in bytes; `total` is the size in the catalogue. */
export type OnBytes = (loaded: number, total: number) => void;

/**
 * Downloads a file of the catalogue and proves that it is the one that is named there.
 *
 * @param fetch How to reach the network.
 * @param url Absolute address of the file.
 * @param file Its size and SHA-256 as the catalogue states them.
 * @param signal Stops the download.
 * @param onBytes Called after each chunk.
 * @returns Exactly `file.bytes` verified bytes, owned by the receiver.
 * @throws {EnhanceError} `offline` where the server cannot be reached or the connection breaks,
 *   `model-missing` where there is no such file, `model-corrupt` where it is not the stated one.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function downloadFile(
  fetch: Fetch,
  url: string,
  file: StoredFile,
  signal: AbortSignal | undefined,
  onBytes: OnBytes | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await reach(fetch, url, signal);
  if (!response.ok) {
    await discard(response);
    throw new EnhanceError('models-not-served', { url, status: response.status });
  }
  // Static hosts answer a page for any path they do not have, and call it a success.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    await discard(response);
    throw new EnhanceError('models-not-served', { url, status: null });
  }
  const bytes = await readBody(response, url, file, signal, onBytes);
  const sha256 = await digest(bytes);
  signal?.throwIfAborted();
  if (sha256 !== file.sha256) throw altered(url, bytes.length, file, sha256);
  return bytes;
}

/**
 * Downloads a text whole.
 *
 * @param fetch How to reach the network.
 * @param url Absolute address.
 * @param signal Stops the download.
 * @returns The text, unchecked.
 * @throws {EnhanceError} `offline` where the server cannot be reached or the connection breaks,
 *   `model-missing` where it answers a failure.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function downloadText(
  fetch: Fetch,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const response = await reach(fetch, url, signal);
  if (!response.ok) {
    await discard(response);
    throw new EnhanceError('models-not-served', { url, status: response.status });
  }
  try {
    return await untilAborted(response.text(), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

async function reach(
  fetch: Fetch,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  signal?.throwIfAborted();
  try {
    // Ask again even where the HTTP cache has it: after an update its copy would be the old file.
    return await fetch(url, { cache: 'no-cache', ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof EnhanceError ? error : unreachable(url, error);
  }
}

async function readBody(
  response: Response,
  url: string,
  file: StoredFile,
  signal: AbortSignal | undefined,
  onBytes: OnBytes | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  let loaded = 0;
  const reader = response.body?.getReader();
  if (!reader) throw altered(url, 0, file);
  for (;;) {
    const { done, value } = await readChunk(reader, url, signal);
    if (done) break;
    if (loaded + value.length > file.bytes) {
      await reader.cancel().catch(() => undefined);
      throw altered(url, loaded + value.length, file);
    }
    bytes.set(value, loaded);
    loaded += value.length;
    onBytes?.(loaded, file.bytes);
  }
  if (loaded < file.bytes) throw altered(url, loaded, file);
  return bytes;
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  url: string,
  signal: AbortSignal | undefined,
) {
  try {
    const chunk = await reader.read();
    signal?.throwIfAborted();
    return chunk;
  } catch (error) {
    if (signal?.aborted) {
      await reader.cancel().catch(() => undefined);
      throw signal.reason;
    }
    throw unreachable(url, error);
  }
}

/** Leaves no connection open behind a response that is not read. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

function unreachable(url: string, error: unknown): EnhanceError {
  return new EnhanceError('download-failed', { url, cause: String(error) });
}

function altered(
  url: string,
  bytes: number,
  { bytes: wanted }: StoredFile,
  sha256: string | null = null,
): EnhanceError {
  return new EnhanceError('model-altered', { url, bytes, wanted, sha256 });
}
