import { boxesOf, findBox, makeBox, nameAt, viewOf, wordsOf } from './boxes';
import {
  chapterUnits,
  type ListedChapter,
  type MovieBeside,
  type TextSample,
  type TextTrack,
} from './movie-beside';
import type { MovieMetadata } from './movie-metadata';

/** The stretch of a film that text is copied of, in seconds of its own time: its beginning becomes 0. */
type Stretch = { readonly origin: number; readonly until: number };

/** A film that text is put into. */
export type WrittenMovie = {
  /** The box that describes it, head and all, with nothing behind it. */
  readonly moov: Uint8Array;
  /** Where in its file that begins. */
  readonly position: number;
};

/** Bytes of text that are copied at most. */
const mostBytes = 2 ** 25;

/**
 * Puts what lay beside a film's pictures into an MP4 or MOV that has been written. Subtitles and titles of chapters are copied byte by byte, as another track
 * each, with their own description, name and language; of those that reach over the stretch's ends the times are cut. Its date becomes the film's, and what else it says of itself is said as it was.
 *
 * @param file The film that it was read from.
 * @param beside What was read.
 * @param stretch What of that film was made; until Infinity for all that there is.
 * @param movie What it is put into.
 * @returns What lies from the description's place on: a new description, and the text.
 * @throws {Error} Where the file cannot be read any more, or has more than text is.
 */
export async function carryBeside(
  file: Blob,
  beside: MovieBeside,
  stretch: Stretch,
  movie: WrittenMovie,
): Promise<Uint8Array<ArrayBuffer>> {
  const tracks = beside.tracks
    .map((track) => ({ ...track, samples: within(track, stretch, file.size) }))
    .filter(({ samples }) => samples.length > 0);
  const chapters = listedWithin(beside.chapters, stretch);
  const data = await readAll(file, tracks);
  const added = { ...beside, tracks, chapters };
  const { length } = describeMovie(movie.moov, added, 0);
  const moov = describeMovie(movie.moov, added, movie.position + length + 8);
  const text = tracks.length > 0 ? makeBox('mdat', ...data) : new Uint8Array();
  const out = new Uint8Array(moov.length + text.length);
  out.set(moov);
  out.set(text, moov.length);
  return out;
}

/** What of a track is in a stretch, and not cut off with the file. */
function within(
  { samples, timescale }: TextTrack,
  stretch: Stretch,
  fileSize: number,
): readonly TextSample[] {
  const from = Math.round(stretch.origin * timescale);
  const until = Math.round(stretch.until * timescale);
  return samples
    .filter(({ offset, size }) => offset + size <= fileSize)
    .filter(({ at, duration }) => at < until && (at >= from || at + duration > from))
    .map(({ at, duration, ...where }) => {
      const start = Math.max(at, from);
      const end = Math.min(at + duration, until);
      return { at: start - from, duration: end - start, ...where };
    });
}

/** The last one that begins before the stretch does is what it begins in. */
function listedWithin(chapters: readonly ListedChapter[], stretch: Stretch) {
  const from = Math.round(stretch.origin * chapterUnits);
  return chapters
    .filter(({ at }, i) => {
      const next = chapters[i + 1]?.at ?? Infinity;
      return at < stretch.until * chapterUnits && (at >= from || next > from);
    })
    .map(({ at, title }) => ({ at: Math.max(0, at - from), title }));
}

async function readAll(file: Blob, tracks: readonly TextTrack[]) {
  const samples = tracks.flatMap((track) => track.samples);
  if (samples.reduce((sum, { size }) => sum + size, 0) > mostBytes) throw new Error('too much');
  const parts: Uint8Array[] = [];
  for (const { offset, size } of samples) {
    parts.push(new Uint8Array(await file.slice(offset, offset + size).arrayBuffer()));
  }
  return parts;
}

/** The description with what is added to it; the tracks' bytes lie one behind the other from some place on. */
function describeMovie(
  moov: Uint8Array,
  { tracks, chapters, made, metadata }: Omit<MovieBeside, 'lost'>,
  from: number,
): Uint8Array<ArrayBuffer> {
  const header = findBox(moov.subarray(8), ['mvhd'])!;
  const firstId = viewOf(header).getUint32(header.length - 4);
  const movieScale = viewOf(header).getUint32(header[0] === 1 ? 20 : 12);
  let [at, longest] = [from, 0];
  const traks = tracks.map((track, i) => {
    const end = track.samples.at(-1)!;
    const length = Math.round(((end.at + end.duration) / track.timescale) * movieScale);
    const trak = describeTrack(track, { id: firstId + i, length, movieScale, at });
    at += track.samples.reduce((sum, { size }) => sum + size, 0);
    longest = Math.max(longest, length);
    return trak;
  });
  const chapterIds = tracks.flatMap(({ isChapters }, i) => (isChapters ? [firstId + i] : []));
  const written = [...boxesOf(moov, 8)];
  const parts = written.flatMap(([name, box]) => {
    // What the file says already is said with the rest.
    if (name === 'udta') return [];
    if (name === 'mvhd') return makeBox(name, headed(box, longest, firstId + tracks.length, made));
    return makeBox(name, box, ...(name === 'trak' ? chapterReference(box, chapterIds) : []));
  });
  const said = written.filter(([name]) => name === 'udta').map(([, box]) => box);
  return makeBox('moov', ...parts, ...traks, ...told(metadata, [...said, ...listOf(chapters)]));
}

/** A film's header with the number that its next track would have, and its date; one that its text outlasts is as long as that. */
function headed(header: Uint8Array, length: number, nextId: number, made: number): Uint8Array {
  const own = header.slice();
  const view = viewOf(own);
  if (own[0] === 1) {
    if (view.getBigUint64(24) < length) view.setBigUint64(24, BigInt(length));
    if (made > 0) view.setBigUint64(4, BigInt(made));
  } else {
    if (view.getUint32(16) < length) view.setUint32(16, length);
    if (made > 0 && made < 2 ** 32) view.setUint32(4, made);
  }
  view.setUint32(own.length - 4, nextId);
  return own;
}

/** Pictures name the tracks that their chapters' titles lie in. */
function chapterReference(trak: Uint8Array, ids: readonly number[]): readonly Uint8Array[] {
  const hasPictures = nameAt(findBox(trak, ['mdia', 'hdlr']) ?? new Uint8Array(), 8) === 'vide';
  return hasPictures && ids.length > 0 ? [makeBox('tref', makeBox('chap', wordsOf(...ids)))] : [];
}

/** What is said of the whole film: in its user data, where there is more beside, and in a box of metadata beside that. */
function told(
  { userData, meta }: MovieMetadata,
  beside: readonly Uint8Array[],
): readonly Uint8Array[] {
  const all = [...userData, ...beside];
  return [
    ...(all.length > 0 ? [makeBox('udta', ...all)] : []),
    ...(meta ? [makeBox('meta', meta)] : []),
  ];
}

function listOf(chapters: readonly ListedChapter[]): readonly Uint8Array[] {
  if (chapters.length === 0) return [];
  const entries = chapters.map(({ at, title }) => {
    const entry = new Uint8Array(9 + title.length);
    viewOf(entry).setBigUint64(0, BigInt(at));
    entry[8] = title.length;
    entry.set(title, 9);
    return entry;
  });
  const head = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, chapters.length]);
  return [makeBox('chpl', head, ...entries)];
}

/** How a track is written: what number it has, how long it is in the film's units, and where its bytes begin. */
type Place = {
  readonly id: number;
  readonly length: number;
  readonly movieScale: number;
  readonly at: number;
};

function describeTrack(track: TextTrack, place: Place): Uint8Array {
  const { box, samples, timescale } = track;
  const { id, length, movieScale, at } = place;
  const begins = samples[0]!.at;
  const shown = samples.reduce((sum, { duration }) => sum + duration, 0);
  const empty = Math.round((begins / timescale) * movieScale);
  const edits = [...(empty > 0 ? [[empty, -1]] : []), [length - empty, 0]];
  const list = edits.flatMap(([long, media]) => [long!, media! >>> 0, 0x10000]);
  const parts = [...boxesOf(box)].flatMap(([name, inner]) => {
    if (name === 'tkhd') return [makeBox(name, withTimes(inner, [20, 28], length, id))];
    if (name === 'mdia') return [makeBox(name, ...describeMedia(inner, samples, shown, at))];
    // Those are written anew, and what it refers to has other numbers here.
    return name === 'edts' || name === 'tref' ? [] : [makeBox(name, inner)];
  });
  const own = makeBox('edts', makeBox('elst', wordsOf(0, edits.length, ...list)));
  // Players read them in this order.
  return makeBox('trak', parts[0]!, own, ...parts.slice(1));
}

function describeMedia(
  media: Uint8Array,
  samples: readonly TextSample[],
  shown: number,
  at: number,
): readonly Uint8Array[] {
  return [...boxesOf(media)].map(([name, inner]) => {
    if (name === 'mdhd') return makeBox(name, withTimes(inner, [16, 24], shown));
    if (name !== 'minf') return makeBox(name, inner);
    const parts = [...boxesOf(inner)].map(([own, rest]) => {
      return own === 'stbl' ? describeSamples(rest, samples, at) : makeBox(own, rest);
    });
    return makeBox(name, ...parts);
  });
}

/** A header with another length, which lies in one of two places, and perhaps another number of its track. */
function withTimes(
  header: Uint8Array,
  [short, long]: readonly [number, number],
  length: number,
  id: number | null = null,
): Uint8Array {
  const own = header.slice();
  const view = viewOf(own);
  const isLong = own[0] === 1;
  if (isLong) view.setBigUint64(long, BigInt(length));
  else view.setUint32(short, Math.min(length, 2 ** 32 - 1));
  if (id !== null) view.setUint32(isLong ? 20 : 12, id);
  return own;
}

/** All samples are one chunk; each is shown until the next one is, for there are no gaps between samples. */
function describeSamples(tables: Uint8Array, samples: readonly TextSample[], at: number) {
  const times = samples.flatMap(({ duration }) => [1, duration]);
  const sizes = samples.map(({ size }) => size);
  const place = [Math.floor(at / 2 ** 32), at % 2 ** 32];
  return makeBox(
    'stbl',
    makeBox('stsd', findBox(tables, ['stsd']) ?? new Uint8Array()),
    makeBox('stts', wordsOf(0, samples.length, ...times)),
    makeBox('stsc', wordsOf(0, 1, 1, samples.length, 1)),
    makeBox('stsz', wordsOf(0, 0, samples.length, ...sizes)),
    makeBox('co64', wordsOf(0, 1, ...place)),
  );
}
