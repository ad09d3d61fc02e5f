import { untilAborted } from '../../core/abort';
import type { Raster } from '../../core/picture/raster';
import { findShake, type Shake } from '../../core/shake/find';

/** Looks for the shake of one photo: at most once, whoever asks. */
export class ShakeSearch {
  readonly #photo: Raster;
  readonly #end = new AbortController();
  #search: Promise<Shake | null> | undefined;
  #found: Shake | null | undefined;

  /** @param photo Only read. */
  constructor(photo: Raster) {
    this.#photo = photo;
    if (photo.hasAlpha) this.#found = null;
  }

  /**
   * The photo's shake.
   *
   * @param signal Ends the waiting, but not the search, which others may wait for.
   * @returns Null where none is found.
   * @throws {DOMException} The signal's reason, or `AbortError` after {@link end}.
   */
  find(signal?: AbortSignal): Promise<Shake | null> {
    this.#search ??= this.#find();
    return untilAborted(this.#search, signal);
  }

  /** What was found: null for none, undefined where only a search will tell. */
  get found(): Shake | null | undefined {
    return this.#found;
  }

  async #find(): Promise<Shake | null> {
    return (this.#found = await findShake(this.#photo, () => breathe(this.#end.signal)));
  }

  /** The photo is not open any more. */
  end(): void {
    this.#end.abort();
  }
}

/**
 * Lets messages be handled in the middle of long work.
 *
 * @param signal Whether the work is still wanted.
 * @throws {DOMException} The signal's reason.
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
