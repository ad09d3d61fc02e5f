import { transfer } from 'comlink';
import { unwrap, type Reply } from '../../core/errors';
import type { Raster } from '../../core/picture/raster';
import type { WriteOptions } from '../../formats/encode';
import { WorkerLink } from '../link';

/** The surface of `encode.worker`. */
export type Encoder = {
  /** See `formats/encode`. */
  readonly encode: (raster: Raster, options: WriteOptions) => Promise<Reply<Blob>>;
};

/**
 * Encodes on threads of their own: a large picture takes many seconds without a pause, in which the
 * screen wants its views and a person may press Cancel.
 */
export class EncoderHost {
  #spare: WorkerLink<Encoder> | null = null;

  /** Has a thread ready for the next picture, so that Save needs no network. */
  prepare(): void {
    this.#spare ??= spawn();
  }

  /**
   * Encodes a picture.
   *
   * @param raster The picture.
   * @param options Format and quality.
   * @param isOurs Whether its pixels may be moved instead of copied.
   * @param signal Ends the work at once.
   * @returns The file.
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What the encoder fails with.
   */
  async encode(
    raster: Raster,
    options: WriteOptions,
    isOurs: boolean,
    signal: AbortSignal,
  ): Promise<Blob> {
    signal.throwIfAborted();
    const link = this.#spare?.isAlive ? this.#spare : spawn();
    this.#spare = null;
    const stop = () => link.kill('cancelled');
    signal.addEventListener('abort', stop);
    try {
      const moved = transfer(raster, isOurs ? [raster.data.buffer] : []);
      return unwrap(await link.call<Reply<Blob>>((remote) => remote.encode(moved, options)));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      link.kill();
    }
  }
}

function spawn(): WorkerLink<Encoder> {
  const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
  return new WorkerLink<Encoder>(worker);
}
