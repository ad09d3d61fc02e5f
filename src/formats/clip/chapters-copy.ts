import type { MetadataTags } from 'mediabunny';
import type { LeftKind } from '../../core/film/clip';
import { BesideCopy, type BesideWish, type FilePart } from './beside-copy';
import { carryBeside } from './carried-beside';
import {
  chaptersOfMatroska,
  chaptersOfMovie,
  editionForMatroska,
  listForMovie,
  type Chapter,
} from './chapter-list';
import { chaptersWithin, putChapters } from './matroska-chapters';
import { noMovieMetadata } from './movie-metadata';

/** Chapters on their way from one family of containers into the other, by when they begin and what they are called. */
export class ChaptersCopy extends BesideCopy {
  readonly #wish: BesideWish;

  /**
   * @param wish Where from, and into what: a file that is written over.
   * @param left What else is left out.
   * @param tags What is said of the clip.
   */
  constructor(wish: BesideWish, left: readonly LeftKind[], tags: MetadataTags) {
    super(left, tags);
    this.#wish = wish;
  }

  /** See {@link BesideCopy.end}. */
  override async end(until: number, length: number): Promise<readonly FilePart[]> {
    const parts = await this.#put(until, length).catch(() => null);
    // The clip is made; it is not lost for its chapters.
    if (!parts) this.left = [...this.left, 'chapters'];
    return parts ?? [];
  }

  /** Null where what is written does not take them. */
  async #put(until: number, length: number): Promise<readonly FilePart[] | null> {
    const { container, origin } = this.#wish;
    const chapters = await this.#read();
    if (!this.head) return null;
    if (container === 'webm' || container === 'mkv') {
      const within = chaptersWithin(editionForMatroska(chapters), { origin, until });
      const parts = within ? putChapters(within, this.head, length) : [];
      return within && parts.length === 0 ? null : parts;
    }
    const list = listForMovie(chapters);
    if (!list) return null;
    const { bytes: moov, position } = this.head;
    const beside = { tracks: [], chapters: list, made: 0, metadata: noMovieMetadata, lost: [] };
    const written = { moov, position };
    const data = await carryBeside(this.#wish.file, beside, { origin, until }, written);
    return [{ position, data }];
  }

  async #read(): Promise<readonly Chapter[]> {
    const { file, beside } = this.#wish;
    if (beside.movie) return chaptersOfMovie(file, beside.movie);
    return chaptersOfMatroska(beside.matroska?.chapters ?? new Uint8Array());
  }
}
