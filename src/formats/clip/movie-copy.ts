import type { ClipMetadataWish } from '../../core/film/clip';
import { BesideCopy, type BesideWish, type FilePart } from './beside-copy';
import { carryBeside } from './carried-beside';
import type { MovieBeside } from './movie-beside';
import { noMovieMetadata, withoutIdentity } from './movie-metadata';

/** Subtitles, chapters, the date and metadata of an MP4 or MOV, on their way into another. */
export class MovieCopy extends BesideCopy {
  readonly #wish: BesideWish;
  readonly #movie: MovieBeside;

  /**
   * @param wish Where from, and into what: a file that is written over.
   * @param movie What is copied.
   */
  constructor(wish: BesideWish, movie: MovieBeside) {
    const said = asked(movie, wish.metadata);
    super([...wish.beside.lost, ...(said.metadata.isAll ? [] : (['metadata'] as const))]);
    this.#wish = wish;
    this.#movie = said;
  }

  /** See {@link BesideCopy.end}: all of it lies at the file's end. */
  override async end(until: number): Promise<readonly FilePart[]> {
    if (!this.head) return [];
    const { file, beside, origin } = this.#wish;
    const { bytes: moov, position } = this.head;
    try {
      const data = await carryBeside(file, this.#movie, { origin, until }, { moov, position });
      return [{ position, data }];
    } catch {
      // The clip is made; it is not lost for its subtitles, where their file cannot be read any more.
      this.left = [...beside.kinds, 'metadata'];
      return [];
    }
  }
}

/** Its date and what else it says of itself, as far as that is asked for. */
function asked(movie: MovieBeside, { keep, isAnonymous }: ClipMetadataWish): MovieBeside {
  if (!keep) return { ...movie, made: 0, metadata: noMovieMetadata };
  return isAnonymous ? { ...movie, metadata: withoutIdentity(movie.metadata) } : movie;
}
