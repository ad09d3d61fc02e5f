import type { Output } from 'mediabunny';
import { BesideCopy, type BesideWish, type FilePart } from './beside-copy';
import { CopiedTexts } from './copied-texts';
import type { MatroskaBeside, TextCoding } from './matroska-beside';
import { tagsAgain } from './tags';
import { chaptersWithin, putChapters } from './matroska-chapters';

/** Subtitles, chapters and metadata of a Matroska or WebM file, on their way into another. */
export class MatroskaCopy extends BesideCopy {
  readonly #wish: BesideWish;
  readonly #chapters: Uint8Array | null;
  readonly #texts: CopiedTexts;

  /**
   * @param wish Where from, and into what.
   * @param matroska What is copied.
   * @param codings Of text, those that what is written holds.
   */
  constructor(wish: BesideWish, matroska: MatroskaBeside, codings: readonly TextCoding[]) {
    const { tracks, chapters, lost } = matroska;
    const isAll = lost.length === 0 && tracks.every(({ coding }) => codings.includes(coding));
    super(isAll ? [] : ['subtitles'], tagsAgain(wish.tags, matroska, wish));
    this.#wish = wish;
    this.#chapters = chapters;
    this.#texts = new CopiedTexts(wish.file, matroska, codings, wish);
  }

  /** See {@link BesideCopy.addTo}. */
  override addTo(output: Output): void {
    super.addTo(output);
    this.#texts.addTo(output);
  }

  /** See {@link BesideCopy.begin}. */
  override begin(): void {
    this.#texts.begin();
  }

  /** See {@link BesideCopy.mend}. */
  override mend(bytes: Uint8Array): void {
    this.#texts.mend(bytes);
  }

  /** See {@link BesideCopy.copyUntil}. */
  override async copyUntil(seconds: number): Promise<void> {
    await this.#texts.copyUntil(seconds);
  }

  /** See {@link BesideCopy.cancel}. */
  override async cancel(): Promise<void> {
    await this.#texts.end();
  }

  /** See {@link BesideCopy.end}: chapters lie behind all else, in a file that is written over. */
  override async end(until: number, length: number): Promise<readonly FilePart[]> {
    await this.#texts.end();
    const { origin, isAppended } = this.#wish;
    const chapters = this.#chapters && chaptersWithin(this.#chapters, { origin, until });
    const parts =
      chapters && this.head && !isAppended ? putChapters(chapters, this.head, length) : [];
    const areSubtitlesLeft = this.left.includes('subtitles') || this.#texts.isBroken;
    this.left = [
      ...(areSubtitlesLeft ? (['subtitles'] as const) : []),
      ...(chapters && parts.length === 0 ? (['chapters'] as const) : []),
    ];
    return parts;
  }
}
