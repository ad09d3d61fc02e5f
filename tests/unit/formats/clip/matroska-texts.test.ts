/** Text of Matroska files that no ffmpeg writes: compressed, beside text, in clusters that do not say how long they are; and damaged ones. */
import { deflateSync } from 'node:zlib';
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Output,
} from 'mediabunny';
import { expect, test } from 'vitest';
import { CopiedTexts } from '../../../../src/formats/clip/copied-texts';
import {
  bytesOf,
  element,
  elementsOf,
  makeElement,
  numberOf,
} from '../../../../src/formats/clip/elements';
import { readMatroskaBeside } from '../../../../src/formats/clip/matroska-beside';
import { chaptersWithin } from '../../../../src/formats/clip/matroska-chapters';
import { textSteps, type TextCue } from '../../../../src/formats/clip/matroska-cues';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (id: number, value: string) => makeElement(id, utf8(value));
const number = (id: number, value: number) => makeElement(id, bytesOf(value, 4));

/** An element that does not say how long it is. */
const endless = (id: number, ...parts: readonly Uint8Array[]) => [
  bytesOf(id, 4),
  new Uint8Array([0xff]),
  ...parts,
];

const zlib = makeElement(
  element.encodings,
  makeElement(element.encoding, makeElement(element.compression, number(element.method, 0))),
);

function track(place: number, coding: string, ...more: readonly Uint8Array[]) {
  const own = [number(element.number, place), number(element.type, 0x11)];
  return makeElement(element.track, ...own, text(element.codec, coding), ...more);
}

const tracks = makeElement(
  element.tracks,
  track(1, 'S_TEXT/UTF8', zlib, text(element.language, 'fra'), number(element.isForced, 1)),
  track(2, 'S_TEXT/WEBVTT', text(element.head, 'WEBVTT'), text(element.name, 'Karaoke')),
  track(3, 'S_HDMV/PGS'),
);

function group(place: number, time: number, line: Uint8Array, aside: string | null = null) {
  const block = new Uint8Array([0x80 | place, ...bytesOf(time & 0xffff, 2), 0, ...line]);
  const beside = text(element.additional, aside ?? '');
  return makeElement(
    element.group,
    makeElement(element.block, block),
    ...(aside === null ? [] : [makeElement(element.additions, makeElement(element.more, beside))]),
    number(element.duration, 1000),
  );
}

const sung = 'la <00:00:00.100>la <00:00:00.300>la';
const info = makeElement(element.info, number(element.tick, 500_000));
const cluster = (time: number, ...groups: readonly Uint8Array[]) =>
  endless(element.cluster, number(element.time, time), ...groups);
const parts = [
  makeElement(0x1a45dfa3, text(0x4282, 'matroska')),
  ...endless(
    element.segment,
    info,
    tracks,
    ...cluster(0, group(1, 20, deflateSync(utf8('Bonjour'))), group(3, 20, utf8('picture'))),
    ...cluster(2000, group(2, -400, utf8(sung), 'line:0\nfirst\n')),
  ),
];
const file = new Blob(parts as Uint8Array<ArrayBuffer>[]);

async function cuesOf(of: Blob) {
  const cues: TextCue[] = [];
  for await (const step of textSteps(of, await readMatroskaBeside(of)))
    if ('text' in step) cues.push(step);
  return cues;
}

test('lines are unpacked and read with what lies beside them, at their times, and pictures are told to be lost', async () => {
  const beside = await readMatroskaBeside(file);
  expect(beside.lost).toEqual(['subtitles']);
  expect(beside.tracks).toMatchObject([
    { coding: 'srt', language: 'fra', isForced: true, isDefault: true, isCompressed: true },
    { coding: 'webvtt', language: 'eng', head: 'WEBVTT', name: 'Karaoke', isForced: false },
  ]);
  expect(await cuesOf(file)).toEqual([
    { track: 1, at: 0.01, duration: 0.5, text: 'Bonjour', aside: '' },
    { track: 2, at: 0.8, duration: 0.5, text: sung, aside: 'line:0\nfirst\n' },
  ]);
});

test.each([
  [0, [0.01, 0.8], [0.5, 0.5], sung],
  [0.9, [0], [0.4], 'la <00:00:00.000>la <00:00:00.200>la'],
])('from %d s on they are written as they were read', async (origin, times, lengths, line) => {
  const target = new BufferTarget();
  const output = new Output({ format: new MkvOutputFormat(), target });
  const pictures = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(pictures);
  const beside = await readMatroskaBeside(file);
  const texts = new CopiedTexts(file, beside, ['srt', 'webvtt'], { origin, until: Infinity });
  texts.addTo(output);
  await output.start();
  texts.begin();
  const config = { codec: 'vp8', codedWidth: 16, codedHeight: 16 };
  for (let at = 0; at < 2; at++) {
    await texts.copyUntil(origin + at + 1);
    const packet = new EncodedPacket(new Uint8Array(8), 'key', at, 1);
    await pictures.add(packet, { decoderConfig: config });
  }
  await texts.end();
  await output.finalize();
  const bytes = new Uint8Array(target.buffer!);
  texts.mend(bytes);
  const written = new Blob([bytes]);
  expect(texts.isBroken).toBe(false);
  const after = await readMatroskaBeside(written);
  const kept = ({ coding, head, language, name, isForced }: (typeof after.tracks)[number]) => ({
    ...{ coding, head, language, name, isForced },
  });
  expect(after.tracks.map(kept)).toEqual(beside.tracks.map(kept));
  const cues = await cuesOf(written);
  expect(cues.map(({ at }) => at)).toEqual(times);
  expect(cues.map(({ duration }) => duration)).toEqual(lengths);
  expect(cues.at(-1)).toMatchObject({ text: line, aside: 'line:0\nfirst\n' });
});

test('a damaged file is read as far as it goes, and no further than it is', async () => {
  const whole = new Uint8Array(await file.arrayBuffer());
  let read = 0;
  for (let at = 0; at < whole.length; at++)
    for (const bits of [0x80, 0x01, 0xff]) {
      const damaged = whole.slice();
      damaged[at]! ^= bits;
      const cues = await cuesOf(new Blob([damaged])).catch(() => null);
      // What is no text here may be taken for some.
      expect(cues?.length ?? 0).toBeLessThanOrEqual(3);
      read += cues?.length ?? 0;
    }
  expect(read).toBeGreaterThan(500);
});

const chapter = (begins: number, ...more: readonly Uint8Array[]) =>
  makeElement(element.chapter, makeElement(element.begins, bytesOf(begins * 1e9, 8)), ...more);
const title = (value: string) => makeElement(0x80, text(0x85, value));

/** When each chapter begins, with those in it. */
function timesOf(parent: Uint8Array): unknown[] {
  return [...elementsOf(parent)].flatMap(([id, inner]): unknown[] => {
    if (id === element.begins) return [numberOf(inner) / 1e9];
    return id === element.edition || id === element.chapter ? [timesOf(inner)] : [];
  });
}

test('of chapters in chapters there are those that a stretch has a part of', () => {
  const chapters = makeElement(
    element.edition,
    chapter(0, title('One')),
    chapter(10, title('Two'), chapter(10, title('a')), chapter(12, title('b'))),
    chapter(20, title('Three')),
  );
  expect(timesOf(chapters)).toEqual([[[0], [10, [10], [12]], [20]]]);
  const all = chaptersWithin(chapters, { origin: 0, until: Infinity })!;
  expect(timesOf(all)).toEqual(timesOf(chapters));
  expect(new TextDecoder().decode(all)).toContain('Three');
  const some = chaptersWithin(chapters, { origin: 13, until: 18 })!;
  expect(timesOf(some)).toEqual([[[0, [0]]]]);
  expect(new TextDecoder().decode(some)).toMatch(/Two.*b/s);
  expect(chaptersWithin(new Uint8Array(), { origin: 0, until: 1 })).toBeNull();
});
