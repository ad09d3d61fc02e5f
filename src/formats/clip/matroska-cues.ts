import { inflate } from '../png/zlib';
import { element, elementsOf, numberOf } from './elements';
import type { MatroskaBeside } from './matroska-beside';
import { walkMatroska } from './matroska-walk';

/** A line of a track of text: what is read while it is shown. */
export type TextCue = {
  /** The track's number. */
  readonly track: number;
  /** When it is shown and how long, in seconds of the clip's own time; 0 where it does not say until when. */
  readonly at: number;
  readonly duration: number;
  /** As it lies there: in WebM's older form of WebVTT its name and where it is shown lie in it, before what is read. */
  readonly text: string;
  /** What lies beside it, of WebVTT: where it is shown, its name, and remarks, a line each; empty where there is nothing. */
  readonly aside: string;
};

/** What is found on the way through a file: a line, or that another stretch of it begins. */
export type TextStep = TextCue | { readonly from: number };

/** Bytes of a group of blocks that may be a line: pictures are longer, and passed over. */
const mostBytes = 2 ** 20;

/**
 * Reads the lines of a Matroska file's tracks of text, as they lie in it. Source: RFC 9559, 5.1.3 and 10; its codecs' "S_TEXT/WEBVTT"; the WebM project's "WebVTT in WebM".
 *
 * @param file The file: read once, in small pieces, as far as is asked for.
 * @param beside Its tracks.
 * @yields Each line of these tracks, and the time of each cluster before the lines in it.
 * @throws {Error} Where a line cannot be read: it is no text, or not packed as its track says.
 */
export async function* textSteps(
  file: Blob,
  { tracks, tick }: MatroskaBeside,
): AsyncGenerator<TextStep, void, undefined> {
  const byNumber = new Map(tracks.map((track) => [track.number, track]));
  let clusterTime = 0;
  for await (const found of walkMatroska(file)) {
    const { id, from, to } = found;
    if (id === element.time) {
      clusterTime = numberOf(await found.read());
      yield { from: (clusterTime * tick) / 1e9 };
    }
    const isGroup = id === element.group;
    if ((!isGroup && id !== element.simpleBlock) || to - from > mostBytes) continue;
    const { block, ticks, aside } = isGroup
      ? readGroup(await found.read())
      : { block: await found.read(), ticks: 0, aside: '' };
    const head = block && readBlock(block);
    const track = head && byNumber.get(head.track);
    if (!track) continue;
    const packed = block.subarray(head.from);
    const bytes = track.isCompressed ? await inflate(packed.slice(), mostBytes) : packed;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    yield {
      ...{ track: track.number, text, aside },
      ...{ at: ((clusterTime + head.time) * tick) / 1e9, duration: (ticks * tick) / 1e9 },
    };
  }
}

function readGroup(group: Uint8Array) {
  let [block, ticks, aside]: [Uint8Array | null, number, string] = [null, 0, ''];
  for (const [id, inner] of elementsOf(group)) {
    if (id === element.block) block = inner;
    if (id === element.duration) ticks = numberOf(inner);
    if (id === element.additions)
      for (const [, more] of elementsOf(inner))
        for (const [own, bytes] of elementsOf(more))
          if (own === element.additional) aside = new TextDecoder().decode(bytes);
  }
  return { block, ticks, aside };
}

/** The head of a block: its track, its time from its cluster's on, and where its bytes begin. Of several frames in one block none are read. */
function readBlock(block: Uint8Array) {
  const length = Math.clz32(block[0] ?? 0) - 23;
  const isLaced = ((block[length + 2] ?? 0) & 6) !== 0;
  if (length > 8 || block.length < length + 3 || isLaced) return null;
  const track = numberOf(block.subarray(0, length)) - 2 ** (7 * length);
  const time = new DataView(block.buffer, block.byteOffset).getInt16(length);
  return { track, time, from: length + 3 };
}
