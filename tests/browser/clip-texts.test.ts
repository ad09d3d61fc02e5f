/** Subtitles and chapters of a clip: ffmpeg puts them in, and says what is in what is made of it. */
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { ClipContainer } from '../../src/core/film/clip';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { ClipWriter, type ClipSink } from '../../src/formats/clip/write';
import type { ProbedTexts } from '../clips';
import { spokenFilm } from '../spoken-film';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const film = spokenFilm(25);
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-g', '25'];

/** Reads a stretch of a clip and writes its pictures as they are. */
async function copy(
  made: string,
  { from = 0, to = Infinity, container }: { from?: number; to?: number; container?: ClipContainer },
  sink: ClipSink | null = null,
) {
  const bytes = bytesOf(made);
  const clip = await ClipReader.open(new Blob([bytes]), readClipContainer(bytes)!);
  const { width, height } = clip.facts;
  const wish = {
    container: container ?? clip.facts.container,
    size: { width, height },
    origin: from,
    until: to,
  };
  const writer = await ClipWriter.begin(wish, clip, sink);
  for await (const frame of clip.frames({ from, to })) await writer.add(frame);
  const blob = await writer.close(to);
  clip.close();
  const out = blob && textOf(new Uint8Array(await blob.arrayBuffer()));
  return { out, facts: clip.facts, notes: writer.notes };
}

const left = (kind: 'subtitles' | 'chapters') => ({ note: 'text-left-out', facts: { kind } });

test.each([['a.mp4'], ['a.mov']])(
  '%s: subtitles, chapters and their language come out as they were',
  async (name) => {
    const made = await commands.makeClip(name, [...film, ...h264, '-c:s', 'mov_text']);
    const { out, facts, notes } = await copy(made, {});
    expect(facts).not.toHaveProperty('lost');
    expect(notes).toEqual([]);
    const [before, after] = await Promise.all([made, out!].map((each) => commands.textsOf(each)));
    expect(before!.packets.length).toBeGreaterThan(2);
    expect(before!.chapters).toHaveLength(3);
    expect(after!.packets).toEqual(before!.packets);
    expect(after!.chapters).toEqual(before!.chapters);
    expect(before!.date).toBe('2011-05-07T08:09:10.000000Z');
    expect(after!.date).toBe(before!.date);
    expect(after!.tracks.map(({ codec_name: codec }) => codec)).toEqual(
      before!.tracks.map(({ codec_name: codec }) => codec),
    );
    expect(after!.tracks.map(({ tags }) => tags)).toEqual(before!.tracks.map(({ tags }) => tags));
    const pictures = await commands.probeClip(out!);
    expect(pictures.times).toEqual((await commands.probeClip(made)).times);
  },
);

test('of a stretch there are its own subtitles and chapters, from where it begins', async () => {
  const made = await commands.makeClip('a.mp4', [...film, ...h264, '-c:s', 'mov_text']);
  const { out } = await copy(made, { from: 0.4, to: 2 });
  const [before, after] = await Promise.all([made, out!].map((each) => commands.textsOf(each)));
  const french = ({ packets, tracks }: ProbedTexts) =>
    packets.filter(({ stream }) => stream === tracks[0]!['index']);
  const hashes = [1, 3].map((spoken) => french(before!)[spoken]!.hash);
  const said = french(after!).filter(({ hash }) => hashes.includes(hash));
  expect(said.map(({ at, duration }) => [at, duration])).toEqual([
    // Begun before it, and ended behind it.
    [0, expect.closeTo(0.3, 5)],
    [expect.closeTo(0.8, 5), expect.closeTo(0.8, 5)],
  ]);
  expect(after!.chapters.map(([at, , title]) => [at, title])).toEqual([
    [0, 'One'],
    [expect.closeTo(0.6, 5), 'Two'],
  ]);
});

/** A file in memory that is written over, as those of a disk are. */
class Written {
  bytes = new Uint8Array();

  readonly write = (data: Uint8Array, position: number): void => {
    const longer = new Uint8Array(Math.max(this.bytes.length, position + data.length));
    longer.set(this.bytes);
    longer.set(data, position);
    this.bytes = longer;
  };
}

test('a file that is written as it comes into another place has them as well', async () => {
  const made = await commands.makeClip('a.mp4', [...film, ...h264, '-c:s', 'mov_text']);
  const file = new Written();
  await copy(made, {}, file);
  const [before, after] = await Promise.all(
    [made, textOf(file.bytes)].map((each) => commands.textsOf(each)),
  );
  expect(after).toEqual({ ...before!, tracks: after!.tracks });
});

test('what the written file does not take is told: subtitles of another family, parts that are only added', async () => {
  const made = await commands.makeClip('a.mp4', [...film, ...h264, '-c:s', 'mov_text']);
  const both = [left('subtitles'), left('chapters')];
  expect(await copy(made, { container: 'mkv' })).toMatchObject({ notes: [left('subtitles')] });
  const appended = await copy(made, {}, { write: () => undefined, isAppended: true });
  expect(appended).toMatchObject({ notes: both });
});

const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus', '-g', '25'];

/** What is compared of a Matroska file's text: ffmpeg adds words of its own to what it writes. */
function saidIn({ tracks, packets, chapters }: ProbedTexts) {
  const described = tracks.map(({ codec_name: codec, extradata_hash: head, tags, disposition }) => {
    const { language, title } = tags as unknown as Record<string, string>;
    return { codec, head, language, title, disposition };
  });
  return { described, packets, chapters };
}

test.each([
  ['SubRip', 'a.mkv', ['-c:s', 'srt', ...h264]],
  ['ASS', 'a.mkv', ['-c:s', 'ass', ...h264]],
  ['WebVTT', 'a.mkv', ['-c:s', 'webvtt', ...h264]],
  ['SubRip and ASS', 'a.mkv', ['-c:s:0', 'srt', '-c:s:1', 'ass', ...h264]],
  ['WebVTT', 'a.webm', ['-c:s', 'webvtt', ...vp8]],
] as const)(
  '%s in %s: subtitles, their languages and names, and chapters come out as they were',
  async (_, name, codec) => {
    const named = ['-metadata:s:s:1', 'title=Für alle', '-disposition:s:0', '0'];
    const made = await commands.makeClip(name, [...film, ...named, ...codec]);
    const { out, facts, notes } = await copy(made, {});
    expect(facts).not.toHaveProperty('lost');
    expect(notes).toEqual([]);
    const [before, after] = await Promise.all([made, out!].map((each) => commands.textsOf(each)));
    expect(before!.packets).toHaveLength(3);
    expect(before!.chapters).toHaveLength(3);
    expect(saidIn(after!)).toEqual(saidIn(before!));
    const pictures = await commands.probeClip(out!);
    expect(pictures.times).toEqual((await commands.probeClip(made)).times);
    // It lies between the pictures, where players look for it.
    expect(pictures.streams).toHaveLength(4);
  },
);

const inMilliseconds = (seconds: number) => Math.round(seconds * 1000);

test('of a stretch of a Matroska file there are its own lines and chapters, from where it begins', async () => {
  const made = await commands.makeClip('a.mkv', [...film, ...h264, '-c:s', 'srt']);
  const { out } = await copy(made, { from: 0.4, to: 2 });
  const [before, after] = await Promise.all([made, out!].map((each) => commands.textsOf(each)));
  const cut = before!.packets.map(({ at, duration, ...rest }) => {
    const [from, to] = [Math.max(0.4, at), Math.min(2, at + duration)];
    return { ...rest, at: inMilliseconds(from - 0.4), duration: inMilliseconds(to - from) };
  });
  const are = after!.packets.map(({ at, duration, ...rest }) => {
    return { ...rest, at: inMilliseconds(at), duration: inMilliseconds(duration) };
  });
  expect(are).toEqual(cut);
  const begins = before!.chapters.map(([from]) => from - 0.4);
  expect(after!.chapters.map(([at, , title]) => [at, title])).toEqual([
    [0, 'One'],
    [expect.closeTo(begins[1]!, 3), 'Two'],
  ]);
});

test.each([
  ['a.mp4', 'mkv', h264],
  ['a.mov', 'webm', h264],
  ['a.mkv', 'mp4', h264],
  ['a.webm', 'mov', vp8],
] as const)(
  'chapters of %s come out in %s, of a stretch from where it begins',
  async (name, container, codecs) => {
    const said = ['-map', '-2', '-map', '-3', '-metadata', 'title=Zo\u00eb & Ana'];
    const made = await commands.makeClip(name, [...film, ...said, ...codecs]);
    const { out, notes } = await copy(made, { container });
    expect(notes.filter(({ note }) => note !== 'sound-converted')).toEqual([]);
    const [before, after] = await Promise.all([made, out!].map((each) => commands.textsOf(each)));
    const begins = ({ chapters }: ProbedTexts) => chapters.map(([at, , title]) => [at, title]);
    expect(begins(after!)).toEqual([
      [0, 'One'],
      [1, 'Two'],
      [2.4, 'Three'],
    ]);
    expect(begins(before!)).toEqual(begins(after!));
    // What else it says lies beside them.
    expect(Object.values(await commands.tagsOf(out!))).toContain('Zo\u00eb & Ana');

    const stretch = await copy(made, { from: 1.4, to: 2.8, container });
    const part = begins(await commands.textsOf(stretch.out!));
    expect(part.map(([, title]) => title)).toEqual(['Two', 'Three']);
    expect(part[1]![0]).toBeCloseTo(1, 1);
  },
);

test('a Matroska file that is written as it comes has them as well; chapters are not where it is only added to', async () => {
  const made = await commands.makeClip('a.mkv', [...film, ...h264, '-c:s', 'srt']);
  const before = saidIn(await commands.textsOf(made));
  const file = new Written();
  expect(await copy(made, {}, file)).toMatchObject({ notes: [] });
  expect(saidIn(await commands.textsOf(textOf(file.bytes)))).toEqual(before);
  const added = new Written();
  const { notes } = await copy(made, {}, { write: added.write, isAppended: true });
  expect(notes).toEqual([left('chapters')]);
  expect(saidIn(await commands.textsOf(textOf(added.bytes)))).toEqual({ ...before, chapters: [] });
});

test('text that WebM does not hold is told', async () => {
  const made = await commands.makeClip('a.mkv', [...film, ...vp8, '-c:s', 'ass']);
  expect(await copy(made, { container: 'webm' })).toMatchObject({ notes: [left('subtitles')] });
});

test('of a film in fragments they are told to be lost before anything is made, and afterwards', async () => {
  const fragments = ['-movflags', 'frag_keyframe+empty_moov'];
  const made = await commands.makeClip('a.mp4', [
    ...film,
    ...h264,
    '-c:s',
    'mov_text',
    ...fragments,
  ]);
  const { facts, notes } = await copy(made, {});
  expect(facts.lost).toContain('subtitles');
  expect(notes).toContainEqual(left('subtitles'));
});
