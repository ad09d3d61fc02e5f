import { AttachedFile, type MetadataTags } from 'mediabunny';
import type { ClipContainer, ClipMetadataWish } from '../../core/film/clip';
import type { Beside } from './beside';
import type { MatroskaBeside } from './matroska-beside';

/** What is to be said, and where. */
type TagsWish = {
  readonly container: ClipContainer;
  readonly metadata: ClipMetadataWish;
};

type RawTags = NonNullable<MetadataTags['raw']>;

/** Names of tags that tell whose, where or which camera: Matroska's own ("RECORDING_LOCATION"), and those that programs make of other containers' keys. */
const identifying = /locat|gps|serial|owner|identifier/i;

/** What the library has words of its own for, as MP4 and MOV name it. */
const inMovies =
  /^(\u00a9(nam|des|ART|alb|gen|day|cmt|lyr)|desc|aART|albr|gnre|trkn|disk|tmpo|covr|title|description|artist|album|comment|genre|date|lyrics)$/;

/** The same as Matroska does. */
const inMatroska =
  /^(TITLE|DESCRIPTION|ARTIST|ALBUM|ALBUM_ARTIST|GENRE|BPM|COMMENT|LYRICS|DATE|PART_NUMBER|DISC)$/i;

/** What says nothing of the clip: which program wrote it, and what is read for itself. */
const ofTheFile = /^(\u00a9(too|swr|enc|fmt)|chpl|ENCODER|DURATION|HANDLER_NAME)$/i;

/** The day and time of a tag of Matroska. Source: "Matroska Media Container Tag Specifications", 5.6. */
const recorded = 'DATE_RECORDED';

/**
 * What is said in a Matroska or WebM file of one that was made of another: each tag of the whole film under its own name, and files that are attached, as fonts of
 * subtitles, which WebM does not hold. Title and date, which stand elsewhere there, become tags.
 *
 * @param tags What the library read of it.
 * @param tags.raw The tags by their names.
 * @param about What else it says.
 * @param about.title Its title.
 * @param about.made Its date.
 * @param wish What is to be said, and where.
 * @returns The tags to write.
 */
export function tagsAgain(
  { raw = {} }: MetadataTags,
  { title, made }: Pick<MatroskaBeside, 'title' | 'made'>,
  wish: TagsWish,
): MetadataTags {
  if (!wish.metadata.keep) return {};
  const all: RawTags = { ...(title && { TITLE: title }), ...dated(made), ...raw };
  const isKept = (name: string) => {
    const isFile = all[name] instanceof AttachedFile;
    if (isFile && wish.container === 'webm') return false;
    return isFile || !wish.metadata.isAnonymous || !identifying.test(name);
  };
  return { raw: Object.fromEntries(Object.entries(all).filter(([name]) => isKept(name))) };
}

/**
 * What is said in a file of another family of containers, or where nothing is written over: what all of them have words for.
 *
 * @param tags What the library read.
 * @param beside What else the file says.
 * @param wish What is to be said, and where.
 * @returns The tags to write, and whether that is all that was asked for.
 */
export function commonTags(
  tags: MetadataTags,
  { movie, matroska }: Pick<Beside, 'movie' | 'matroska'>,
  wish: TagsWish,
): { readonly tags: MetadataTags; readonly isAll: boolean } {
  const { keep, isAnonymous } = wish.metadata;
  if (!keep) return { tags: {}, isAll: true };
  const { raw = {}, images, ...said } = tags;
  const isMatroska = wish.container === 'webm' || wish.container === 'mkv';
  const made = movie && movie.made > 0 ? Date.UTC(1904) + movie.made * 1000 : matroska?.made;
  const title = said.title ?? matroska?.title;
  const known = movie ? inMovies : inMatroska;
  const isTold = (name: string) =>
    known.test(name) || ofTheFile.test(name) || (isAnonymous && identifying.test(name));
  return {
    tags: {
      ...said,
      ...(title && { title }),
      ...(images && wish.container !== 'webm' && { images }),
      ...(isMatroska && { raw: dated(made ?? null) }),
    },
    isAll: Object.keys(raw).every(isTold),
  };
}

const dated = (made: number | null): RawTags =>
  made === null ? {} : { [recorded]: new Date(made).toISOString().slice(0, 19).replace('T', ' ') };
