import type { ClipContainer, ClipFacts } from '../../core/film/clip';
import { readMoov } from './moov';

/** What of a clip is not carried over. */
type Lost = NonNullable<ClipFacts['lost']>[number];

/** Bytes from a Matroska file's beginning that its tracks are looked for in: they lie before its pictures. */
const startBytes = 2 ** 20;

/** Names of elements. Source: RFC 9559, 5.1. */
const element = {
  ...{ segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab },
  ...{ tracks: 0x1654ae6b, track: 0xae, type: 0x83, chapters: 0x1043a770, cluster: 0x1f43b675 },
} as const;

/** `TrackType` of subtitles. */
const subtitleType = 0x11;

/**
 * What a clip has that no writer here carries over, and the reader of its pictures does not see: subtitles and chapters.
 *
 * @param file The file.
 * @param container Which container it is.
 * @returns What it has of these; what is damaged, or lies in the middle of a Matroska file that does not say where, is not found.
 */
export async function findLost(file: Blob, container: ClipContainer): Promise<readonly Lost[]> {
  try {
    if (container === 'mp4' || container === 'mov') {
      const moov = await readMoov(file);
      return moov ? lostOfMoov(moov) : [];
    }
    return lostOfMatroska(new Uint8Array(await file.slice(0, startBytes).arrayBuffer()));
  } catch {
    return [];
  }
}

/** Source: ISO/IEC 14496-12, 8.3.3 ("tref") and 8.4.3 ("hdlr"); QuickTime File Format, "Chapter lists". */
function lostOfMoov(moov: Uint8Array): readonly Lost[] {
  const chapters = new Set<number>();
  const texts: { readonly id: number; readonly kind: string }[] = [];
  let hasList = false;
  for (const [name, box] of boxesOf(moov, 8)) {
    if (name === 'udta') hasList ||= find(box, ['chpl']) !== null;
    if (name !== 'trak') continue;
    const view = viewOf(find(box, ['tkhd']));
    const kind = textOf(find(box, ['mdia', 'hdlr']), 8);
    // Behind its times, of 4 or 8 bytes each.
    texts.push({ id: view?.getUint32(view.getUint8(0) === 1 ? 20 : 12) ?? 0, kind });
    const ids = viewOf(find(box, ['tref', 'chap']));
    for (let at = 0; ids && at + 4 <= ids.byteLength; at += 4) chapters.add(ids.getUint32(at));
  }
  const isSubtitle = ({ id, kind }: (typeof texts)[number]) =>
    ['sbtl', 'subt', 'clcp'].includes(kind) || (kind === 'text' && !chapters.has(id));
  return listOf(texts.some(isSubtitle), hasList || chapters.size > 0);
}

function* boxesOf(bytes: Uint8Array, start = 0): Generator<readonly [string, Uint8Array]> {
  for (let at = start; at + 8 <= bytes.length;) {
    const size = viewOf(bytes)!.getUint32(at);
    if (size < 8) return;
    yield [textOf(bytes, at + 4), bytes.subarray(at + 8, at + size)];
    at += size;
  }
}

/** What is in a box that is in a box. */
function find(bytes: Uint8Array, [name, ...rest]: readonly string[]): Uint8Array | null {
  for (const [own, inner] of boxesOf(bytes))
    if (own === name) return rest.length > 0 ? find(inner, rest) : inner;
  return null;
}

function lostOfMatroska(bytes: Uint8Array): readonly Lost[] {
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

const listOf = (hasSubtitles: boolean, hasChapters: boolean): readonly Lost[] => [
  ...(hasSubtitles ? (['subtitles'] as const) : []),
  ...(hasChapters ? (['chapters'] as const) : []),
];

function viewOf(bytes: Uint8Array | null): DataView | null {
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array | null, at: number): string {
  return String.fromCharCode(...(bytes?.subarray(at, at + 4) ?? []));
}
