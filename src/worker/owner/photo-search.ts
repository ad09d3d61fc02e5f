import { untilAborted } from '../../core/abort';
import type { Raster } from '../../core/picture/raster';
import type { SearchHooks, SearchParts } from './plane-search';

/** Looks for something in a photo. */
export type Look<T> = (
  photo: Raster,
  parts: SearchParts,
  hooks: Pick<SearchHooks, 'signal'>,
) => Promise<T>;

/** Looks for one thing in one photo, once at most. */
export class PhotoSearch<T> {
  readonly #photo: Raster;
  readonly #look: Look<T>;
  readonly #end = new AbortController();
  #search: Promise<T> | undefined;

  /**
   * @param photo Only read.
   * @param look Looks for it.
   */
  constructor(photo: Raster, look: Look<T>) {
    this.#photo = photo;
    this.#look = look;
  }

  /**
   * What is found.
   *
   * @param parts What a search is made with.
   * @returns The look's result, the same one each time.
   * @throws {DOMException} `AbortError` after {@link end}.
   * @throws {EnhanceError} What the look throws; the next call looks anew.
   */
  async find(parts: SearchParts): Promise<T> {
    const { signal } = this.#end;
    this.#search ??= this.#look(this.#photo, parts, { signal });
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
