import type { Depth, Samples } from './raster';

/** Buffers that wait at most: as many as are under way at once. */
const most = 2;

/**
 * Buffers that go round between two threads: what one has filled and the other has read is filled again. Memory that comes with
 * a message is free only when its thread next collects garbage, after some 100 MB of it; so as little as goes round never is any.
 */
export class Spares {
  readonly #waiting: ArrayBuffer[] = [];

  /**
   * Keeps a buffer for the next one who fills one.
   *
   * @param samples What nobody reads any more.
   */
  give({ buffer }: Samples): void {
    if (this.#waiting.length < most) this.#waiting.push(buffer);
  }

  /**
   * Hands a buffer out.
   *
   * @returns One that is the caller's from now on; null where none waits.
   */
  take(): ArrayBuffer | null {
    return this.#waiting.pop() ?? null;
  }

  /** Forgets all that wait: the next ones are of another size. */
  clear(): void {
    this.#waiting.length = 0;
  }
}

/**
 * Room for bytes.
 *
 * @param spare A buffer that may be used for them, with anything in it; null for none.
 * @param bytes How many.
 * @returns The spare buffer where it is long enough, else a new one.
 * @throws {RangeError} When it cannot be allocated.
 */
export function roomIn(spare: ArrayBuffer | null | undefined, bytes: number): ArrayBuffer {
  return spare && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes);
}

/**
 * A buffer as samples.
 *
 * @param buffer The buffer, at least as long.
 * @param length How many samples.
 * @param depth Of which depth.
 * @returns A view of its beginning.
 */
export function samplesIn(buffer: ArrayBuffer, length: number, depth: Depth): Samples {
  return depth === 16
    ? new Uint16Array(buffer, 0, length)
    : new Uint8ClampedArray(buffer, 0, length);
}
