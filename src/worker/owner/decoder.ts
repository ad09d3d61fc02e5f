import { EnhanceError, unwrap, type Reply } from '../../core/errors';
import { decode } from '../../formats/decode';
import type { Photo } from '../../formats/photo';
import { tellDownload } from '../../formats/wasm-codec';
import type { DownloadListener } from '../protocol';
import { WorkerLink } from '../link';

/** The surface of `decode.worker`. */
export type Decoder = {
  /** See `formats/decode`; `onDownload` is told of codecs that are fetched. */
  readonly decode: (file: Blob, onDownload: DownloadListener) => Promise<Reply<Photo>>;
};

/**
 * Opens a photo. What takes a codec of ours is decoded on a thread that ends with it, and gives back all that the codec took.
 *
 * @param file The file.
 * @param signal Ends it, such a thread at once.
 * @returns The photo.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} As `decode` of `formats`.
 */
export function openPhoto(file: Blob, signal?: AbortSignal): Promise<Photo> {
  return decode(file, signal, decodeApart);
}

async function decodeApart(file: Blob, signal?: AbortSignal): Promise<Photo> {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  const link = new WorkerLink<Decoder>(worker);
  const stop = () => link.kill('cancelled');
  signal?.addEventListener('abort', stop);
  try {
    const lent = link.lend(tellDownload);
    return unwrap(await link.call<Reply<Photo>>((remote) => remote.decode(file, lent)));
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof EnhanceError) || error.problem !== 'engine-stopped') throw error;
    // No thread to be had, or one that died of the photo: here is told better what is wrong.
    return await decode(file, signal);
  } finally {
    signal?.removeEventListener('abort', stop);
    link.kill();
  }
}
