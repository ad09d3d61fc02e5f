import { EnhanceError } from '../core/errors';
import { digest } from '../integrity/digest';
import { exchange, type Network } from '../integrity/exchange';
import type { StoredFile } from './catalog';

/** Told how far a download has come, in bytes; `total` is the size in the catalogue. */
export type OnBytes = (loaded: number, total: number) => void;

/** How a file is downloaded. */
export type DownloadOptions = {
  /** Stops the download. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each chunk. */
  readonly onBytes?: OnBytes | undefined;
};

/** Most bytes that a catalogue may have, unpacked; a card takes one to two thousand. */
export const mostCatalogBytes = 4 * 2 ** 20;

/**
 * Downloads a file of the catalogue and proves that it is the one that is named there.
 *
 * @param network How to reach it.
 * @param url Absolute address of the file; it must not redirect.
 * @param file Its size and SHA-256 as the catalogue states them; no more than that is read.
 * @param options Cancelling and progress.
 * @returns Exactly `file.bytes` verified bytes, owned by the receiver.
 * @throws {EnhanceError} `offline` where the server cannot be reached, redirects or stalls, or the
 *   connection breaks, `model-missing` where there is no such file, `model-corrupt` where it is not the
 *   stated one.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export function downloadFile(
  network: Network,
  url: string,
  file: StoredFile,
  { signal, onBytes }: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return exchange(network, url, { signal }, async (response, chunks) => {
    checkServed(response, url);
    // Static hosts answer a page for any path they do not have, and call it a success.
    if (response.headers.get('content-type')?.startsWith('text/html'))
      throw new EnhanceError('models-not-served', { url, status: null });
    const bytes = new Uint8Array(file.bytes);
    let loaded = 0;
    for await (const chunk of chunks) {
      if (loaded + chunk.length > file.bytes) throw altered(url, loaded + chunk.length, file);
      bytes.set(chunk, loaded);
      loaded += chunk.length;
      onBytes?.(loaded, file.bytes);
    }
    if (loaded < file.bytes) throw altered(url, loaded, file);
    const sha256 = await digest(bytes);
    signal?.throwIfAborted();
    if (sha256 !== file.sha256) throw altered(url, bytes.length, file, sha256);
    return bytes;
  });
}

/**
 * Downloads a catalogue's text whole.
 *
 * @param network How to reach it.
 * @param url Absolute address; it must not redirect.
 * @param signal Stops the download.
 * @returns The text, unchecked, of at most {@link mostCatalogBytes}.
 * @throws {EnhanceError} `offline` and `model-missing` as {@link downloadFile}, `model-corrupt` where it
 *   is too long, whatever the server says of its length or packs it into.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function downloadCatalog(
  network: Network,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const refusal = () => new EnhanceError('catalog-too-long', { mostBytes: mostCatalogBytes });
  return (await downloadUpTo(mostCatalogBytes, refusal, { network, url, signal })).text();
}

/**
 * Downloads a file of which nothing is known but where it is.
 *
 * @param mostBytes Bytes that it may have, unpacked, whatever the server says of its length.
 * @param refuse Why it is not taken where it has more.
 * @param source Where it is.
 * @param source.network How to reach it.
 * @param source.url Absolute address; it must not redirect.
 * @param source.signal Stops the download.
 * @returns The file, unchecked.
 * @throws {EnhanceError} `offline` and `model-missing` as {@link downloadFile}; what `refuse` makes.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export function downloadUpTo(
  mostBytes: number,
  refuse: () => EnhanceError,
  {
    network,
    url,
    signal,
  }: { readonly network: Network; readonly url: string; readonly signal: AbortSignal },
): Promise<Blob> {
  return exchange(network, url, { signal }, async (response, chunks) => {
    checkServed(response, url);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let loaded = 0;
    for await (const chunk of chunks) {
      loaded += chunk.length;
      if (loaded > mostBytes) throw refuse();
      parts.push(chunk);
    }
    return new Blob(parts);
  });
}

function checkServed({ ok, status }: Response, url: string): void {
  if (!ok) throw new EnhanceError('models-not-served', { url, status });
}

function altered(
  url: string,
  bytes: number,
  { bytes: wanted }: StoredFile,
  sha256: string | null = null,
): EnhanceError {
  return new EnhanceError('model-altered', { url, bytes, wanted, sha256 });
}
