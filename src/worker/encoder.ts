import { transfer } from 'comlink';
import { unwrap, type Reply } from '../core/errors';
import type { Raster } from '../core/raster';
import type { SaveOptions } from '../core/recipe';
import { WorkerLink } from './link';

/** The surface of `encode.worker`. */
export type Encoder = {
  /** See `formats/encode`. */
  readonly encode: (raster: Raster, options: SaveOptions) => Promise<Reply<Blob>>;
};

/**
 * Encodes on a thread of its own: a large picture takes many seconds without a pause, in which the
 * screen wants its views and a person may press Cancel.
 *
 * @param raster The picture.
 * @param options Format and quality.
 * @param isOurs Whether its pixels may be moved instead of copied.
 * @param signal Ends the encoder at once.
 * @returns The file.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What the encoder fails with.
 */
export async function encodeApart(
  raster: Raster,
  options: SaveOptions,
  isOurs: boolean,
  signal: AbortSignal,
): Promise<Blob> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
  const link = new WorkerLink<Encoder>(worker);
  const stop = () => link.kill('cancelled');
  signal.addEventListener('abort', stop);
  try {
    const pixels = isOurs ? [raster.data.buffer] : [];
    const moved = transfer(raster, pixels);
    return unwrap(await link.call<Reply<Blob>>((remote) => remote.encode(moved, options)));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    link.kill();
  }
}
