import { untilAborted } from '../../core/abort';
import { hasCurve, toneRaster } from '../../core/frame/tone';
import type { Raster, Samples } from '../../core/picture/raster';
import type { Tone } from '../../core/recipe/tone';
import type { Pause } from '../../core/shake/pace';
import type { FastTone } from '../engine/fast-tone';

/** Pixels from which a GPU is worth its opening. */
const usualLeast = 2 ** 20;

/** Milliseconds in which a GPU that works has done the largest photo. */
const patienceMs = 30_000;

/** Sets light and white on a GPU where there is one that is right, as long as it works, else on arrays. */
export class Toner {
  readonly #open: () => Promise<FastTone | null>;
  readonly #leastPixels: number;
  #fast: Promise<FastTone | null> | null = null;

  /**
   * @param open Opens what is faster, or null where there is none; called once, when it is first wanted.
   * @param leastPixels From how many on it is worth that.
   */
  constructor(open: () => Promise<FastTone | null>, leastPixels = usualLeast) {
    this.#open = open;
    this.#leastPixels = leastPixels;
  }

  /**
   * Sets light and white of a photo.
   *
   * @param photo Only read; alpha stays.
   * @param tone How.
   * @param pause Awaited now and then, with the share that is done; what it rejects with ends it.
   * @returns A raster that owns a new buffer.
   * @throws {unknown} What `pause` rejects with.
   * @throws {RangeError} When the buffer cannot be allocated.
   */
  async tone<S extends Samples>(photo: Raster<S>, tone: Tone, pause: Pause): Promise<Raster<S>> {
    // Tables alone are done before a picture has been carried to a GPU and back.
    const isSlow = hasCurve(tone) && photo.width * photo.height >= this.#leastPixels;
    const fast = isSlow ? await (this.#fast ??= this.#open().catch(() => null)) : null;
    if (!fast) return toneRaster(photo, tone, pause);
    let stop: { readonly reason: unknown } | null = null;
    const watched: Pause = (share) =>
      pause(share).catch((reason: unknown) => {
        stop = { reason };
        throw reason;
      });
    const toned = fast.tone(photo, tone, watched);
    return untilAborted(toned, AbortSignal.timeout(patienceMs)).catch((error: unknown) => {
      if (stop) throw error;
      this.#fast = Promise.resolve(null);
      return toneRaster(photo, tone, pause);
    });
  }
}
