import type { BesideKind } from '../../core/film/clip';
import { viewOf } from './boxes';
import { element, elementsOf, findElement, numberOf } from './elements';
import { walkMatroska } from './matroska-walk';

/** How a track of text is coded that can be copied. */
export type TextCoding = 'webvtt' | 'old-webvtt' | 'srt' | 'ass' | 'ssa';

/** A track of subtitles of a Matroska file. */
export type MatroskaText = {
  /** By which its blocks name it. */
  readonly number: number;
  readonly coding: TextCoding;
  /** What is said before its first line: styles, a title. */
  readonly head: string;
  /** Three letters: ISO 639-2. */
  readonly language: string;
  readonly name: string | null;
  readonly isDefault: boolean;
  readonly isForced: boolean;
  /** Whether its lines are compressed, by zlib. */
  readonly isCompressed: boolean;
};

/** What there is in a Matroska or WebM file beside its pictures and sounds. */
export type MatroskaBeside = {
  readonly tracks: readonly MatroskaText[];
  /** What is in its element of chapters; null where there is none. */
  readonly chapters: Uint8Array | null;
  /** What the film is called, and when it was made, in milliseconds since 1970; null where it does not say. */
  readonly title: string | null;
  readonly made: number | null;
  /** Nanoseconds of a unit of its times. */
  readonly tick: number;
  /** What there is beside these that is not read here: subtitles that are pictures, or encrypted. */
  readonly lost: readonly BesideKind[];
};

/** `TrackType` of subtitles. */
const subtitleType = 0x11;

/** What codings are called. Source: RFC 9559, 27.4; the WebM project's "WebVTT in WebM", which is older. */
const codings: Readonly<Record<string, TextCoding>> = {
  'S_TEXT/WEBVTT': 'webvtt',
  'D_WEBVTT/SUBTITLES': 'old-webvtt',
  'S_TEXT/UTF8': 'srt',
  'S_TEXT/ASS': 'ass',
  'S_TEXT/SSA': 'ssa',
};

/** Bytes of an element that is read whole, at most. */
const mostBytes = 2 ** 24;

/**
 * Finds subtitles, chapters, title and date in a Matroska or WebM file. Source: RFC 9559, 5.1.1 to 5.1.7.
 *
 * @param file The file.
 * @returns What its beginning, up to its first cluster, tells of them: chapters may lie where that says.
 */
export async function readMatroskaBeside(file: Blob): Promise<MatroskaBeside> {
  let [tick, inside, elsewhere] = [1e6, 0, Infinity];
  let chapters: Uint8Array | null = null;
  let about: Pick<MatroskaBeside, 'title' | 'made'> = { title: null, made: null };
  let tracks: readonly (MatroskaText | null)[] = [];
  for await (const found of walkMatroska(file)) {
    const { id, from, to } = found;
    if (id === element.cluster) break;
    if (id === element.segment) inside = from;
    const isRead = [element.info, element.seekHead, element.tracks, element.chapters].some(
      (each) => each === id,
    );
    if (!isRead || to - from > mostBytes) continue;
    const bytes = await found.read();
    if (id === element.info) {
      tick = numberIn(bytes, element.tick) ?? tick;
      about = { title: textIn(bytes, element.title), made: dateIn(bytes) };
    }
    if (id === element.seekHead) elsewhere = inside + (placeOfChapters(bytes) ?? Infinity);
    if (id === element.tracks) tracks = [...textsOf(bytes)];
    if (id === element.chapters) chapters = bytes.slice();
  }
  if (!chapters && elsewhere < file.size) chapters = await chaptersAt(file, elsewhere);
  const read = tracks.filter((track) => track !== null);
  const lost = read.length < tracks.length ? (['subtitles'] as const) : [];
  return { tracks: read, chapters, ...about, tick, lost };
}

function placeOfChapters(seekHead: Uint8Array): number | null {
  for (const [id, seek] of elementsOf(seekHead))
    if (id === element.seek && numberIn(seek, element.seekId) === element.chapters)
      return numberIn(seek, element.seekAt);
  return null;
}

async function chaptersAt(file: Blob, at: number): Promise<Uint8Array | null> {
  for await (const { id, from, to, read } of walkMatroska(file.slice(at)))
    return id === element.chapters && to - from <= mostBytes ? (await read()).slice() : null;
  return null;
}

/** Each track of subtitles; null for one that is not read here. */
function* textsOf(tracks: Uint8Array): Generator<MatroskaText | null> {
  for (const [id, track] of elementsOf(tracks))
    if (id === element.track && numberIn(track, element.type) === subtitleType)
      yield readTrack(track);
}

function readTrack(track: Uint8Array): MatroskaText | null {
  const coding = codings[textIn(track, element.codec) ?? ''];
  const encodings = findElement(track, element.encodings);
  const isCompressed = encodings !== null;
  if (!coding || (encodings && !isZlib(encodings))) return null;
  return {
    ...{ number: numberIn(track, element.number) ?? 0, coding, isCompressed },
    head: textIn(track, element.head) ?? '',
    // Of what does not say it, English is meant.
    language: textIn(track, element.language) ?? 'eng',
    name: textIn(track, element.name),
    isDefault: numberIn(track, element.isDefault) !== 0,
    isForced: numberIn(track, element.isForced) === 1,
  };
}

/** Whether there is one encoding, of the blocks, by zlib: where these are not told, they are meant. */
function isZlib(encodings: Uint8Array): boolean {
  const all = [...elementsOf(encodings)];
  const compression = all.length === 1 ? findElement(all[0]![1], element.compression) : null;
  return compression !== null && (numberIn(compression, element.method) ?? 0) === 0;
}

function numberIn(parent: Uint8Array, wanted: number): number | null {
  const found = findElement(parent, wanted);
  return found && numberOf(found);
}

function textIn(parent: Uint8Array, wanted: number): string | null {
  const found = findElement(parent, wanted);
  // Texts may be filled up with zeros.
  return found && new TextDecoder().decode(found).replace(/\0+$/, '');
}

/** Nanoseconds since 2001 began, signed. */
function dateIn(info: Uint8Array): number | null {
  const found = findElement(info, element.date);
  return found?.length === 8 ? Date.UTC(2001) + Number(viewOf(found).getBigInt64(0)) / 1e6 : null;
}
