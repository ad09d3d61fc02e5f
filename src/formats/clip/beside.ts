import type { BesideKind, ClipContainer } from '../../core/film/clip';
import { readMoov } from './moov';
import { readMovieBeside, type MovieBeside } from './movie-beside';

/** Bytes from a Matroska file's beginning that its tracks are looked for in: they lie before its pictures. */
const startBytes = 2 ** 20;

/** Names of elements. Source: RFC 9559, 5.1. */
const element = {
  ...{ segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab },
  ...{ tracks: 0x1654ae6b, track: 0xae, type: 0x83, chapters: 0x1043a770, cluster: 0x1f43b675 },
} as const;

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
      const value = inner.reduce((sum, byte) => sum * 256 + byte, 0);
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

/** Source: RFC 8794, 4 and 5. One whose size is not known reaches to the end. */
function* elementsOf(bytes: Uint8Array): Generator<readonly [number, Uint8Array]> {
  for (let at = 0; at < bytes.length;) {
    const idLength = Math.clz32(bytes[at]!) - 23;
    const id = numberOf(bytes, at, idLength);
    at += idLength;
    const length = Math.clz32(bytes[at] ?? 0) - 23;
    if (idLength > 4 || length > 8 || at + length > bytes.length) return;
    // Without the bit that marks its length, or eight bytes would be more than a number holds.
    const first = bytes[at]! - 2 ** (8 - length);
    const size = first * 256 ** (length - 1) + numberOf(bytes, at + 1, length - 1);
    const isUnknown = size === 2 ** (7 * length) - 1;
    at += length;
    yield [id, bytes.subarray(at, isUnknown ? bytes.length : at + size)];
    if (isUnknown) return;
    at += size;
  }
}

function numberOf(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
}

const listOf = (hasSubtitles: boolean, hasChapters: boolean): readonly BesideKind[] => [
  ...(hasSubtitles ? (['subtitles'] as const) : []),
  ...(hasChapters ? (['chapters'] as const) : []),
];
