import type { BesideKind, ClipContainer } from '../../core/film/clip';
import { readMatroskaBeside, type MatroskaBeside } from './matroska-beside';
import { readMoov } from './moov';
import { readMovieBeside, type MovieBeside } from './movie-beside';

/** What lies in a clip beside pictures and sounds, and the reader of these does not see. */
export type Beside = {
  /** All that there is of it. */
  readonly kinds: readonly BesideKind[];
  /** What of that no writer here carries over, whatever is written. */
  readonly lost: readonly BesideKind[];
  /** That of an MP4 or MOV, which can be copied, and its date; null of other containers. */
  readonly movie: MovieBeside | null;
  /** That of a Matroska or WebM file, which can be copied; null of other containers. */
  readonly matroska: MatroskaBeside | null;
};

/**
 * Finds what lies in a clip beside pictures and sounds: subtitles and chapters.
 *
 * @param file The file.
 * @param container Which container it is.
 * @returns What it has of these; what is damaged, or are chapters at the end of a Matroska file that does not say where, is not found.
 */
export async function readBeside(file: Blob, container: ClipContainer): Promise<Beside> {
  try {
    if (container === 'mp4' || container === 'mov') {
      const moov = await readMoov(file);
      return moov ? besideMovie(readMovieBeside(moov)) : nothing;
    }
    return besideMatroska(await readMatroskaBeside(file));
  } catch {
    return nothing;
  }
}

const nothing: Beside = { kinds: [], lost: [], movie: null, matroska: null };

function besideMovie(movie: MovieBeside): Beside {
  const { tracks, chapters, lost } = movie;
  const hasSubtitles = lost.includes('subtitles') || tracks.some((track) => !track.isChapters);
  const hasChapters =
    lost.includes('chapters') || chapters.length > 0 || tracks.some((track) => track.isChapters);
  return { kinds: listOf(hasSubtitles, hasChapters), lost, movie, matroska: null };
}

function besideMatroska(matroska: MatroskaBeside): Beside {
  const { tracks, chapters, lost } = matroska;
  const kinds = listOf(tracks.length > 0 || lost.length > 0, chapters !== null);
  return { kinds, lost, movie: null, matroska };
}

const listOf = (hasSubtitles: boolean, hasChapters: boolean): readonly BesideKind[] => [
  ...(hasSubtitles ? (['subtitles'] as const) : []),
  ...(hasChapters ? (['chapters'] as const) : []),
];
