import { untilAborted } from '../../core/abort';
import type { FaceBox } from '../../core/findings/faces';
import type { Raster } from '../../core/picture/raster';
import { findFaces } from './face-search';
import type { SearchParts } from './plane-search';

/** Looks for the faces of one photo, once at most. */
export class FaceFinder {
  readonly #photo: Raster;
  readonly #end = new AbortController();
  #search: Promise<readonly FaceBox[]> | undefined;

  /** @param photo Only read. */
  constructor(photo: Raster) {
    this.#photo = photo;
  }

  /**
   * Where faces are.
   *
   * @param parts What a search is made with.
   * @returns See `findFaces`.
   * @throws {DOMException} `AbortError` after {@link end}.
   * @throws {EnhanceError} What `findFaces` throws; the next call looks anew.
   */
  async find(parts: SearchParts): Promise<readonly FaceBox[]> {
    const { signal } = this.#end;
    this.#search ??= findFaces(this.#photo, parts, { signal });
    const search = this.#search;
    return untilAborted(search, signal).catch((error: unknown) => {
      if (this.#search === search) this.#search = undefined;
      throw error;
    });
  }

  /** The photo is not open any more. */
  end(): void {
    this.#end.abort();
  }
}
