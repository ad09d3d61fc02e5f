import type { ClipContainer } from '../../core/film/clip';
import { BesideCopy, type BesideWish } from './beside-copy';
import { ChaptersCopy } from './chapters-copy';
import { MatroskaCopy } from './matroska-copy';
import type { TextCoding } from './matroska-beside';
import { MovieCopy } from './movie-copy';
import { commonTags } from './tags';

/** Codings of text that are written into a Matroska or WebM file as they are: in the older form of WebVTT only the place of a line's settings is another. */
const held: Partial<Record<ClipContainer, readonly TextCoding[]>> = {
  webm: ['webvtt', 'old-webvtt'],
  mkv: ['webvtt', 'old-webvtt', 'srt', 'ass', 'ssa'],
};

/**
 * Begins to copy what lies in a clip beside pictures and sounds.
 *
 * @param wish Where from, and into what.
 * @returns The copy: of what is written into another family of containers, or cannot be written where that is only appended to, nothing is copied but what every container has words for, and where it is written over, chapters.
 */
export function beginBeside(wish: BesideWish): BesideCopy {
  const { beside, container, isAppended } = wish;
  const { movie, matroska } = beside;
  const codings = held[container];
  if (matroska && codings) return new MatroskaCopy(wish, matroska, codings);
  if (movie && !codings && !isAppended) return new MovieCopy(wish, movie);
  const { tags, isAll } = commonTags(wish.tags, beside, wish);
  const metadata = isAll ? [] : (['metadata'] as const);
  const hasChapters = beside.kinds.includes('chapters') && !beside.lost.includes('chapters');
  if (isAppended || !hasChapters) return new BesideCopy([...beside.kinds, ...metadata], tags);
  const others = beside.kinds.filter((kind) => kind !== 'chapters');
  return new ChaptersCopy(wish, [...others, ...metadata], tags);
}
