import { transfer } from 'comlink';
import { unwrap, type Reply } from '../../core/errors';
import { depthOf, type Samples } from '../../core/picture/raster';
import { release } from '../../core/picture/release';
import type { RowSource } from '../../core/picture/rows';
import { samplesIn } from '../../core/picture/spares';
import type { WriteOptions } from '../../formats/encode';
import { WorkerLink } from '../link';

/** Reads rows of a picture, into a spare buffer where there is one that is long enough. */
export type LentRead = (
  y: number,
  height: number,
  spare: ArrayBuffer | null,
) => Promise<Samples> | Samples;

/** The surface of `encode.worker`. */
export type Encoder = {
  /** See `formats/encode`; `read` asks the owner's thread for rows. */
  readonly encode: (
    head: Omit<RowSource, 'read'>,
    options: WriteOptions,
    read: LentRead,
  ) => Promise<Reply<Blob>>;
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
   * Encodes a picture, which is read here, band by band, as the encoder asks for it.
   *
   * @param picture The picture.
   * @param options Format and quality.
   * @param signal Ends the work at once.
   * @returns The file.
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What the encoder fails with.
   * @throws {unknown} What the picture's source fails with.
   */
  async encode(
    { read, ...head }: RowSource,
    options: WriteOptions,
    signal: AbortSignal,
  ): Promise<Blob> {
    signal.throwIfAborted();
    const link = this.#spare?.isAlive ? this.#spare : spawn();
    this.#spare = null;
    const stop = () => link.kill('cancelled');
    signal.addEventListener('abort', stop);
    const failures: unknown[] = [];
    const lent = link.lend(async (y: number, height: number, spare: ArrayBuffer | null) => {
      try {
        const samples = moveTo(spare, await read(y, height));
        return transfer(samples, [samples.buffer]);
      } catch (error) {
        // On its way through the other thread it would lose what it is.
        failures.push(error);
        throw error;
      }
    });
    try {
      return unwrap(await link.call<Reply<Blob>>((remote) => remote.encode(head, options, lent)));
    } catch (error) {
      signal.throwIfAborted();
      throw failures[0] ?? error;
    } finally {
      signal.removeEventListener('abort', stop);
      link.kill();
    }
  }
}

/** Rows in a buffer that has come from the other thread, where that is long enough. */
function moveTo(spare: ArrayBuffer | null, rows: Samples): Samples {
  if (!spare || spare.byteLength < rows.byteLength) return rows;
  const moved = samplesIn(spare, rows.length, depthOf({ data: rows }));
  moved.set(rows);
  release(rows);
  return moved;
}

function spawn(): WorkerLink<Encoder> {
  const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
  return new WorkerLink<Encoder>(worker);
}
