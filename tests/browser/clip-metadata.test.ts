/** What a clip says of itself: ffmpeg says it, and exiftool reads it in what is made of the clip. */
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { ClipContainer, ClipMetadataWish } from '../../src/core/film/clip';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { ClipWriter, type ClipSink } from '../../src/formats/clip/write';

const place = '+52.5200+013.4050/';
const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=10:d=1', '-pix_fmt', 'yuv420p'];
const said = Object.entries({
  ...{ title: 'Am Meer', artist: 'Anna', date: '2019-07-14', comment: 'kalt', location: place },
  ...{ make: 'Pear', creation_time: '2011-05-07T08:09:10Z' },
}).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
const h264 = ['-c:v', 'libx264'];
const vp8 = ['-c:v', 'libvpx'];

/** Groups of tags that are not of the streams, the file or its name. */
const groups = /^(ItemList|UserData|Keys|Matroska):/;

/** What tells of the streams, and by which program the file was written. */
const ofTheFile =
  /:(Encoder|SoftwareVersion|MuxingApp|WritingApp|Doc.*|EBML.*|Track.*|Video.*|Codec.*|Image.*|Timecode.*|Duration|Display.*|.*Brands?|MinorVersion|Default.*|Segment.*|Ta(rget|g).*)$/;

type Told = Readonly<Record<string, unknown>>;

const ofTheFilm = (tags: Told): Told =>
  Object.fromEntries(
    Object.entries(tags).filter(([name]) => groups.test(name) && !ofTheFile.test(name)),
  );

type Made = {
  readonly before: Told;
  readonly after: Told;
  readonly notes: readonly unknown[];
};

/** Writes the pictures of a clip that says something as they are. */
async function copy(
  name: string,
  args: readonly string[],
  wish: { container?: ClipContainer; metadata?: ClipMetadataWish } = {},
  sink: ClipSink | null = null,
): Promise<Made> {
  const made = await commands.makeClip(name, [...pictures, ...said, ...args]);
  const bytes = Uint8Array.from(atob(made), (c) => c.charCodeAt(0));
  const clip = await ClipReader.open(new Blob([bytes]), readClipContainer(bytes)!);
  const { width, height, container } = clip.facts;
  const writer = await ClipWriter.begin(
    { container, size: { width, height }, origin: 0, ...wish },
    clip,
    sink,
  );
  for await (const frame of clip.frames({ from: 0, to: Infinity })) await writer.add(frame);
  const blob = await writer.close(Infinity);
  clip.close();
  let text = '';
  for (const byte of new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)))
    text += String.fromCharCode(byte);
  const after = blob ? await commands.tagsOf(btoa(text)) : {};
  return { before: await commands.tagsOf(made), after, notes: writer.notes };
}

test.each([
  ['a.mp4', h264],
  ['a.mov', h264],
  ['a.mp4', [...h264, '-movflags', 'use_metadata_tags']],
])('%s %j: title, place, camera and all else come out as they were', async (name, args) => {
  const { before, after, notes } = await copy(name, args);
  expect(Object.keys(ofTheFilm(before)).length).toBeGreaterThan(3);
  expect(ofTheFilm(after)).toEqual(ofTheFilm(before));
  expect(after['QuickTime:CreateDate']).toBe('2011:05:07 08:09:10');
  expect(after['Composite:GPSLatitude']).toBe(before['Composite:GPSLatitude']);
  expect(notes).toEqual([]);
});

test.each([
  ['a.mkv', h264],
  ['a.webm', vp8],
])('%s: title, place and all else come out as they were', async (name, args) => {
  const { before, after, notes } = await copy(name, args);
  const { 'Matroska:DateTimeOriginal': made, ...rest } = ofTheFilm(before);
  expect(rest).toMatchObject({
    ...{ 'Matroska:Title': 'Am Meer', 'Matroska:Artist': 'Anna', 'Matroska:Comment': 'kalt' },
    ...{ 'Matroska:Location': place, 'Matroska:Make': 'Pear' },
  });
  expect(made).toBe('2011:05:07 08:09:10Z');
  const { 'Matroska:DateTimeOriginal': again, ...others } = ofTheFilm(after);
  expect(others).toEqual(rest);
  // As a tag, in UTC without a word on that.
  expect(again).toBe('2011:05:07 08:09:10');
  expect(notes).toEqual([]);
});

const anonymous: ClipMetadataWish = { keep: true, isAnonymous: true };
const nothing: ClipMetadataWish = { keep: false, isAnonymous: false };

test.each([
  ['a.mp4', h264],
  ['a.mov', h264],
  ['a.mp4', [...h264, '-movflags', 'use_metadata_tags']],
  ['a.mkv', h264],
])('%s %j: its place can be left out, or all of it', async (name, args) => {
  const { before, after } = await copy(name, args, { metadata: anonymous });
  expect(JSON.stringify(before)).toMatch(/52\.5/);
  expect(JSON.stringify(after)).not.toMatch(/52\.5|13\.40/);
  expect(JSON.stringify(after)).toMatch(/Am Meer/);
  expect(JSON.stringify(after)).toMatch(/kalt/);
  const { after: bare, notes } = await copy(name, args, { metadata: nothing });
  expect(ofTheFilm(bare)).toEqual({});
  expect(JSON.stringify(bare)).not.toMatch(/2011|Am Meer|Anna|52\.5/);
  expect(notes).toEqual([]);
});

test.each([
  ['a.mp4', h264, 'mkv'],
  ['a.mkv', h264, 'mp4'],
] as const)(
  '%s as %s: what both have words for; the rest is told',
  async (name, args, container) => {
    const { after, notes } = await copy(name, args, { container });
    expect(Object.values(after)).toEqual(expect.arrayContaining(['Am Meer', 'Anna', 'kalt']));
    expect(notes).toContainEqual({ note: 'text-left-out', facts: { kind: 'metadata' } });
  },
);

test('a clip that is only added to says the same, and what it does not is told', async () => {
  const kept: Uint8Array[] = [];
  const sink = { write: (data: Uint8Array) => void kept.push(data.slice()), isAppended: true };
  const { notes } = await copy('a.mp4', h264, {}, sink);
  expect(notes).toEqual([{ note: 'text-left-out', facts: { kind: 'metadata' } }]);
  const latin = kept.map((data) => new TextDecoder('latin1').decode(data)).join('');
  expect(latin).toContain('Am Meer');
});
