import type { BesideKind } from '../../core/film/clip';
import { boxesOf, findBox, nameAt, viewOf } from './boxes';
import { readMovieMetadata, type MovieMetadata } from './movie-metadata';

/** A piece of a track of text: in most containers, what is read while it is shown. */
export type TextSample = {
  /** When it is shown and how long, in its track's own units; the film's own time, which may be negative. */
  readonly at: number;
  readonly duration: number;
  /** Where in the file its bytes lie. */
  readonly offset: number;
  readonly size: number;
};

/** A track of text of an MP4 or MOV: subtitles, or the titles of chapters. */
export type TextTrack = {
  readonly isChapters: boolean;
  /** What is in its box, part of the description that it was read from. */
  readonly box: Uint8Array;
  /** Its units of time in a second. */
  readonly timescale: number;
  /** In the order of their times, which do not overlap. */
  readonly samples: readonly TextSample[];
};

/** Units in a second of the times of {@link ListedChapter}. */
export const chapterUnits = 1e7;

/** A chapter of the list that Nero's and most other programs write. */
export type ListedChapter = {
  /** When it begins, in {@link chapterUnits}. */
  readonly at: number;
  /** Its title as it lies there, at most 255 bytes. */
  readonly title: Uint8Array;
};

/** What there is in a film beside its pictures and sounds. */
export type MovieBeside = {
  readonly tracks: readonly TextTrack[];
  readonly chapters: readonly ListedChapter[];
  /** When it was made, in seconds since 1904 began; 0 where it does not say. */
  readonly made: number;
  /** What else it says of itself. */
  readonly metadata: MovieMetadata;
  /** What there is beside these that cannot be read: of a film in fragments, or a damaged one. */
  readonly lost: readonly BesideKind[];
};

/** Samples of a track that are read at most: four a second for three days. */
const mostSamples = 2 ** 20;

const subtitleKinds = ['sbtl', 'subt', 'clcp'];

/**
 * Finds text, date and metadata in the description of an MP4 or MOV.
 * Source: ISO/IEC 14496-12, 8.2.2 ("mvhd"), 8.3.3 ("tref"), 8.4.3 ("hdlr"), 8.6 and 8.7; QuickTime File Format, "Chapter lists"; FFmpeg's `mov_read_chpl`, as no
 * standard has it.
 *
 * @param moov The description's box, head and all.
 * @returns What there is.
 */
export function readMovieBeside(moov: Uint8Array): MovieBeside {
  const traks = [...boxesOf(moov, 8)].filter(([name]) => name === 'trak').map(([, box]) => box);
  const chapterIds = new Set(traks.flatMap((box) => [...refersTo(box)]));
  const header = findBox(moov.subarray(8), ['mvhd']);
  const movieScale = timescaleOf(header);
  const tracks: TextTrack[] = [];
  let isTextLost = false;
  for (const box of traks) {
    const kind = nameAt(findBox(box, ['mdia', 'hdlr']) ?? new Uint8Array(), 8);
    const isChapters = kind === 'text' && chapterIds.has(idOf(box));
    if (!isChapters && kind !== 'text' && !subtitleKinds.includes(kind)) continue;
    const track = readTrack(box, isChapters, movieScale);
    if (track) tracks.push(track);
    else isTextLost ||= !isChapters;
  }
  const list = findBox(moov.subarray(8), ['udta', 'chpl']);
  const chapters = (list && orNull(() => [...listed(list)])) ?? [];
  const hasChapters = chapters.length > 0 || tracks.some(({ isChapters }) => isChapters);
  const areChaptersLost = !hasChapters && (list !== null || chapterIds.size > 0);
  const lost = [
    ...(isTextLost ? (['subtitles'] as const) : []),
    ...(areChaptersLost ? (['chapters'] as const) : []),
  ];
  return { tracks, chapters, made: dateOf(header), metadata: readMovieMetadata(moov), lost };
}

/** The tracks that a track names as its chapters. */
function* refersTo(trak: Uint8Array): Generator<number> {
  const ids = findBox(trak, ['tref', 'chap']);
  for (let at = 0; ids && at + 4 <= ids.length; at += 4) yield viewOf(ids).getUint32(at);
}

/** Behind its times, of 4 or 8 bytes each. */
function idOf(trak: Uint8Array): number {
  const header = findBox(trak, ['tkhd']);
  return (header && orNull(() => viewOf(header).getUint32(header[0] === 1 ? 20 : 12))) ?? 0;
}

/** What `mvhd` and `mdhd` have in the same place; 0 where there is none. */
function timescaleOf(header: Uint8Array | null): number {
  return (header && orNull(() => viewOf(header).getUint32(header[0] === 1 ? 20 : 12))) ?? 0;
}

function dateOf(header: Uint8Array | null): number {
  const view = header && viewOf(header);
  const read = () => (header![0] === 1 ? Number(view!.getBigUint64(4)) : view!.getUint32(4));
  return (view && orNull(read)) ?? 0;
}

/** Null where its samples cannot be read, or there are none. */
function readTrack(box: Uint8Array, isChapters: boolean, movieScale: number): TextTrack | null {
  const timescale = timescaleOf(findBox(box, ['mdia', 'mdhd']));
  const tables = findBox(box, ['mdia', 'minf', 'stbl']);
  if (!tables || timescale === 0) return null;
  const samples = orNull(() => readSamples(tables, shiftOf(box, timescale / movieScale)));
  return samples && samples.length > 0 ? { isChapters, box, timescale, samples } : null;
}

/** How much later than it says a track begins, by its list of edits: empty ones, then the first that shows anything. */
function shiftOf(trak: Uint8Array, unitsPerMovieUnit: number): number {
  const edits = findBox(trak, ['edts', 'elst']);
  if (!edits) return 0;
  const view = viewOf(edits);
  const isLong = edits[0] === 1;
  let empty = 0;
  for (let [i, at] = [0, 8]; i < view.getUint32(4); i++, at += isLong ? 20 : 12) {
    const length = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const start = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    if (start >= 0) return Math.round(empty * unitsPerMovieUnit) - start;
    empty += length;
  }
  return 0;
}

/**
 * @throws {RangeError} Where a table ends too early.
 * @throws {Error} Where there is what is not read here: a table of another kind, samples of more than one description.
 */
function readSamples(tables: Uint8Array, shift: number): readonly TextSample[] {
  const table = (name: string) => {
    const found = findBox(tables, [name]);
    return found && viewOf(found);
  };
  const [times, sizes, runs] = [table('stts'), table('stsz'), table('stsc')];
  const [offsets, longOffsets] = [table('stco'), table('co64')];
  if (!times || !sizes || !runs) throw new Error('no table');
  const [same, count] = [sizes.getUint32(4), sizes.getUint32(8)];
  if (count > mostSamples) throw new Error('too many');
  const samples: TextSample[] = [];
  let [time, timed, at] = [0, times.getUint32(8), shift];
  for (let [chunk, run] = [0, 0]; samples.length < count; chunk++) {
    if (run + 1 < runs.getUint32(4) && runs.getUint32(8 + 12 * (run + 1)) === chunk + 1) run++;
    if (runs.getUint32(16 + 12 * run) !== 1) throw new Error('descriptions');
    let offset = longOffsets
      ? Number(longOffsets.getBigUint64(8 + 8 * chunk))
      : offsets!.getUint32(8 + 4 * chunk);
    const next = Math.min(count, samples.length + runs.getUint32(12 + 12 * run));
    while (samples.length < next) {
      while (timed === 0) timed = times.getUint32(8 + 8 * ++time);
      const duration = times.getUint32(12 + 8 * time);
      const size = same === 0 ? sizes.getUint32(12 + 4 * samples.length) : same;
      samples.push({ at, duration, offset, size });
      at += duration;
      offset += size;
      timed--;
    }
  }
  return samples;
}

function* listed(list: Uint8Array): Generator<ListedChapter> {
  const view = viewOf(list);
  // Of its second version four bytes are kept free.
  let at = list[0] === 0 ? 4 : 8;
  for (let left = view.getUint8(at++); left > 0; left--) {
    const length = view.getUint8(at + 8);
    const title = list.subarray(at + 9, at + 9 + length);
    if (title.length < length) throw new RangeError('cut off');
    yield { at: Number(view.getBigUint64(at)), title };
    at += 9 + length;
  }
}

/** What is damaged is not read. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
