import { untilAborted } from '../../core/abort';
import { layFound } from '../../core/findings/found-marks';
import type { Raster } from '../../core/picture/raster';
import type { Mask } from '../../core/recipe/finish';
import { unmarked } from '../../core/recipe/marks';
import { createMask } from '../../core/run/mask-brush';
import { findDamage } from './damage-search';
import type { SearchParts } from './plane-search';

/** Looks for the damage of one photo: the network sees it once at most, whatever counts as damage then. */
export class DamageFinder {
  readonly #photo: Raster;
  readonly #end = new AbortController();
  #search: Promise<Uint8Array> | undefined;
  #tell: (share: number) => void = () => undefined;

  /** @param photo Only read. */
  constructor(photo: Raster) {
    this.#photo = photo;
  }

  /**
   * What is damaged.
   *
   * @param parts What a search is made with.
   * @param sensitivity 0..100: what counts.
   * @param onShare How much of a search is done, 0..1, in place of who listened before.
   * @returns Marks on the photo's grid, see `layFound`; owned by the caller.
   * @throws {DOMException} `AbortError` after {@link end}.
   * @throws {EnhanceError} What `findDamage` throws; the next call looks anew.
   */
  async find(
    parts: SearchParts,
    sensitivity: number,
    onShare: (share: number) => void,
  ): Promise<Mask> {
    const photo = this.#photo;
    const { signal } = this.#end;
    this.#tell = onShare;
    this.#search ??= findDamage(photo, parts, { signal, onShare: (share) => this.#tell(share) });
    const search = this.#search;
    const probability = await untilAborted(search, signal).catch((error: unknown) => {
      if (this.#search === search) this.#search = undefined;
      throw error;
    });
    return layFound(probability, photo, createMask(photo, unmarked), sensitivity);
  }

  /** The photo is not open any more. */
  end(): void {
    this.#end.abort();
  }
}
