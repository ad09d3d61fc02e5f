import type { BesideKind, ClipContainer } from '../../core/film/clip';
import { element, elementsOf, numberOf } from './elements';
import { readMoov } from './moov';
import { readMovieBeside, type MovieBeside } from './movie-beside';

/** Bytes from a Matroska file's beginning that its tracks are looked for in: they lie before its pictures. */
const startBytes = 2 ** 20;

/** `TrackType` of subtitles. */
const subtitleType = 0x11;

/** What lies in a clip beside pictures and sounds, and the reader of these does not see. */
export type Beside = {
  /** All that there is of it. */
  readonly kinds: readonly BesideKind[];
  /** What of that no writer here carries over, whatever is written. */
  readonly lost: readonly BesideKind[];
  /** That of an MP4 or MOV, which can be copied, and its date; null of other containers. */
  readonly movie: MovieBeside | null;
};

/**
 * Finds what lies in a clip beside pictures and sounds: subtitles and chapters.
 *
 * @param file The file.
 * @param container Which container it is.
 * @returns What it has of these; what is damaged, or lies in the middle of a Matroska file that does not say where, is not found.
 */
export async function readBeside(file: Blob, container: ClipContainer): Promise<Beside> {
  try {
    if (container === 'mp4' || container === 'mov') {
      const moov = await readMoov(file);
      return moov ? besideMovie(readMovieBeside(moov)) : nothing;
    }
    const kinds = kindsOfMatroska(new Uint8Array(await file.slice(0, startBytes).arrayBuffer()));
    return { kinds, lost: kinds, movie: null };
  } catch {
    return nothing;
  }
}

const nothing: Beside = { kinds: [], lost: [], movie: null };

function besideMovie(movie: MovieBeside): Beside {
  const { tracks, chapters, lost } = movie;
  const hasSubtitles = lost.includes('subtitles') || tracks.some((track) => !track.isChapters);
  const hasChapters =
    lost.includes('chapters') || chapters.length > 0 || tracks.some((track) => track.isChapters);
  return { kinds: listOf(hasSubtitles, hasChapters), lost, movie };
}

function kindsOfMatroska(bytes: Uint8Array): readonly BesideKind[] {
  let [hasSubtitles, hasChapters] = [false, false];
  const look = (part: Uint8Array, inside: (id: number) => boolean): void => {
    for (const [id, inner] of elementsOf(part)) {
      if (id === element.cluster) return;
      const value = numberOf(inner);
      hasSubtitles ||= id === element.type && value === subtitleType;
      hasChapters ||=
        id === element.chapters || (id === element.seekId && value === element.chapters);
      if (inside(id)) look(inner, inside);
    }
  };
  const { segment, seekHead, seek, tracks, track } = element;
  const parents: readonly number[] = [segment, seekHead, seek, tracks, track];
  look(bytes, (id) => parents.includes(id));
  return listOf(hasSubtitles, hasChapters);
}

const listOf = (hasSubtitles: boolean, hasChapters: boolean): readonly BesideKind[] => [
  ...(hasSubtitles ? (['subtitles'] as const) : []),
  ...(hasChapters ? (['chapters'] as const) : []),
];
