import type { BesideKind, ClipContainer } from '../../core/film/clip';
import type { Note } from '../../core/notes';
import type { Beside } from './beside';
import { carryBeside, type WrittenMovie } from './carried-beside';
import type { MovieBeside } from './movie-beside';

/** Where what lies beside pictures and sounds is copied from, and into what. */
export type BesideWish = {
  readonly file: Blob;
  readonly beside: Beside;
  readonly container: ClipContainer;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** Whether nothing that was written is written over. */
  readonly isAppended: boolean;
};

/** What is written over the end of a file. */
export type FileTail = {
  readonly position: number;
  readonly data: Uint8Array<ArrayBuffer>;
};

/** Subtitles, chapters and the date on their way from one clip to another. */
export class BesideCopy {
  readonly #wish: BesideWish;
  readonly #movie: MovieBeside | null;
  #moov: WrittenMovie | null = null;
  /** What of the clip is not in what is written. */
  #left: readonly BesideKind[];

  /**
   * @param wish Where from, and into what.
   */
  constructor(wish: BesideWish) {
    const { beside, container, isAppended } = wish;
    this.#wish = wish;
    const holdsMovie = (container === 'mp4' || container === 'mov') && !isAppended;
    this.#movie = holdsMovie ? beside.movie : null;
    this.#left = this.#movie ? beside.lost : beside.kinds;
  }

  /** What is left out; known for certain when the copy has ended. */
  get notes(): readonly Note[] {
    return this.#left.map((kind): Note => ({ note: 'text-left-out', facts: { kind } }));
  }

  /**
   * Takes what was written of an MP4 or MOV: there they are put.
   *
   * @param moov The description's box, which the caller may go on using.
   * @param position Where it begins.
   */
  readonly takeMoov = (moov: Uint8Array, position: number): void => {
    this.#moov = { moov: moov.slice(), position };
  };

  /**
   * Copies them, when all else is written.
   *
   * @param until Where it ends, in seconds of the clip's own time; Infinity for all that there is.
   * @returns What is to be written over the file's end; null where nothing is.
   */
  async end(until: number): Promise<FileTail | null> {
    if (!this.#moov || !this.#movie) return null;
    const { file, beside, origin } = this.#wish;
    const { position } = this.#moov;
    try {
      const data = await carryBeside(file, this.#movie, { origin, until }, this.#moov);
      return { position, data };
    } catch {
      // The clip is made; it is not lost for its subtitles, where their file cannot be read any more.
      this.#left = beside.kinds;
      return null;
    }
  }
}
