import {
  BlobSource,
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Input,
  Output,
  Quality,
  VideoSampleSink,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { FilmFrame } from '../../src/core/film/step';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { SegmentEncoder } from '../../src/formats/clip/segment-encoder';
import { ClipWriter } from '../../src/formats/clip/write';
import { Clips } from '../../src/worker/owner/clips';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=1'];
const tone = (seconds = 1, hertz = 440) => [
  ...['-f', 'lavfi', '-i', `sine=${hertz}:d=${seconds}:r=48000`],
];
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'];

async function open(bytes: Blob) {
  const start = new Uint8Array(await bytes.slice(0, 512).arrayBuffer());
  return ClipReader.open(bytes, readClipContainer(start)!);
}

async function framesOf(clip: ClipReader) {
  const frames: FilmFrame[] = [];
  for await (const frame of clip.frames({ from: -Infinity, to: Infinity })) frames.push(frame);
  return frames;
}

/** Reads a clip and writes its frames as they are. */
async function copy(clip: ClipReader) {
  const { container, width, height } = clip.facts;
  const wish = { container, size: { width, height }, origin: 0 };
  const writer = await ClipWriter.begin(wish, clip, null);
  for (const frame of await framesOf(clip)) await writer.add(frame);
  const blob = await writer.close(Infinity);
  return textOf(new Uint8Array(await blob!.arrayBuffer()));
}

/** Packets of sound, in no order, without what ffprobe tells of silence and mediabunny does not write. */
async function soundsOf(clip: string) {
  const lines = await commands.soundPackets(clip);
  const told = lines.map((line) => line.replace(/Skip Samples[,\d-]*/, ''));
  // It begins a line of its own there.
  const whole = told.join('\n').replaceAll('\n,MD5', ',MD5').replaceAll(',,', ',');
  return whole
    .split('\n')
    .map((line) => line.replace(/,+$/, ''))
    .toSorted();
}

test.each([
  [
    'two sounds',
    'a.mp4',
    [...moving, ...tone(), ...tone(1, 880), '-map', '0', '-map', '1', '-map', '2', ...h264],
  ],
  ['sound that is longer than its pictures', 'a.webm', [...moving, ...tone(2), ...vp9]],
  [
    'sound that begins later',
    'a.mp4',
    [...moving, '-itsoffset', '0.5', ...tone(0.5), '-map', '0', '-map', '1', ...h264],
  ],
  [
    'pictures that need some from before a cut',
    'a.mp4',
    [...moving, ...tone(), ...h264, '-bf', '2', '-g', '8', '-x264-params', 'open-gop=1:scenecut=0'],
  ],
  [
    'times below zero',
    'a.mkv',
    [...moving, ...tone(), ...h264, '-output_ts_offset', '-0.2', '-avoid_negative_ts', 'disabled'],
  ],
] as const)('one with %s comes out as it was', async (_, name, args) => {
  const made = await commands.makeClip(name, args);
  const clip = await open(new Blob([bytesOf(made)]));
  const out = await copy(clip);
  const [before, after] = await Promise.all([made, out].map((each) => commands.probeClip(each)));
  expect(after!.streams).toHaveLength(before!.streams.length);
  expect(after!.times).toEqual(before!.times);
  expect(await soundsOf(out)).toEqual(await soundsOf(made));
});

test('one whose first picture is not there begins with the first that needs no other', async () => {
  const drop = ['-bsf:v', 'noise=drop=lt(n\\,1)'];
  const made = await commands.makeClip('a.mkv', [
    ...moving,
    ...h264,
    '-bf',
    '0',
    '-g',
    '10',
    ...drop,
  ]);
  const clip = await open(new Blob([bytesOf(made)]));
  const frames = await framesOf(clip);
  expect(frames.length).toBeGreaterThanOrEqual(15);
  expect(frames.at(-1)!.at).toBeCloseTo(960_000, -4);
});

test('one of a single pixel is read', async () => {
  const args = [
    '-f',
    'lavfi',
    '-i',
    'color=red:s=8x8:r=25:d=0.2',
    '-vf',
    'scale=1:1,format=yuv444p',
    ...vp9,
  ];
  const made = await commands.makeClip('a.webm', args);
  const clip = await open(new Blob([bytesOf(made)]));
  const frames = await framesOf(clip);
  expect(frames).toHaveLength(5);
  const [red, green, blue] = frames[4]!.raster.data;
  expect(red).toBeGreaterThan(200);
  expect(Math.max(green!, blue!)).toBeLessThan(50);
});

test.each([
  ['a.mp4', ['-c:v', 'libx264rgb', '-crf', '4']],
  ['a.webm', ['-pix_fmt', 'gbrp', ...vp9, '-crf', '4', '-b:v', '0']],
] as const)(
  '%s with planes of red, green and blue, as screens are recorded, keeps its colours',
  async (name, codec) => {
    const args = ['-f', 'lavfi', '-i', 'color=0x20C060:s=64x48:r=25:d=0.2', ...codec];
    const made = await commands.makeClip(name, args);
    const clip = await open(new Blob([bytesOf(made)]));
    const frames = await framesOf(clip);
    expect(frames).toHaveLength(5);
    const written = bytesOf(await commands.picturesOf(await copy(clip)));
    for (const pixel of [frames[0]!.raster.data, written])
      for (const [channel, level] of [0x20, 0xc0, 0x60].entries())
        expect(Math.abs(pixel[channel]! - level)).toBeLessThanOrEqual(2);
  },
);

const wide = {
  p3: { matrix: 'bt709', tags: ['smpte432', 'iec61966-2-1', 'bt709'] },
  bt2020: { matrix: 'bt2020', tags: ['bt2020', 'bt709', 'bt2020nc'] },
} as const;

test.each([
  ['a.mp4', 'p3', ['-c:v', 'libx264', '-crf', '4']],
  ['a.mp4', 'bt2020', ['-c:v', 'libx264', '-crf', '4']],
  ['a.webm', 'bt2020', [...vp9, '-crf', '4', '-b:v', '0']],
] as const)(
  '%s with primaries of %s and a range that is not high keeps its colours, and says so',
  async (name, gamut, codec) => {
    const { matrix, tags } = wide[gamut];
    const [primaries, transfer, space] = tags;
    const said = ['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', space];
    const source = ['-f', 'lavfi', '-i', 'color=0x20C060:s=64x48:r=25:d=0.2'];
    const planes = ['-vf', `scale=out_color_matrix=${matrix}:out_range=tv,format=yuv420p`];
    const made = await commands.makeClip(name, [...source, ...planes, ...codec, ...said]);
    const clip = await open(new Blob([bytesOf(made)]));
    const frames = await framesOf(clip);
    expect(frames).toHaveLength(5);
    const copied = await copy(clip);
    const written = bytesOf(await commands.picturesOf(copied));
    for (const pixel of [frames[0]!.raster.data, written])
      for (const [channel, level] of [0x20, 0xc0, 0x60].entries())
        expect(Math.abs(pixel[channel]! - level)).toBeLessThanOrEqual(3);
    const { streams } = await commands.probeClip(copied);
    // A browser's VP9 can't say BT.2020 of its numbers.
    const saidSpace = name.endsWith('webm') ? 'bt709' : space;
    expect(streams[0]).toMatchObject({ color_primaries: primaries, color_space: saidSpace });
  },
);

/** A clip in WebM of grey pictures, whose size changes with each stretch, which no ffmpeg makes: ten of each size. */
async function ofSizes(sizes: readonly (readonly [number, number])[]): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  const coding = {
    container: 'webm',
    codec: 'vp9',
    quality: new Quality('high'),
    origin: 0,
  } as const;
  const colours = { matrix: 'bt709', isFull: false, isRgb: false } as const;
  for (const [k, [width, height]] of sizes.entries()) {
    const encoder = new SegmentEncoder(coding, { colours, tags: { matrix: 'bt709' } }, 0);
    const data = new Uint8ClampedArray(width * height * 4).fill(128);
    const raster = { width, height, data, hasAlpha: false, space: 'srgb' } as const;
    for (let i = 0; i < 10; i++)
      await encoder.add({ raster, at: (10 * k + i) * 40_000, duration: 40_000 });
    const { packets, config: decoderConfig } = await encoder.finish(0);
    for (const { data: bytes, isKey, timestamp, duration } of packets) {
      const packet = new EncodedPacket(bytes, isKey ? 'key' : 'delta', timestamp, duration);
      await source.add(packet, { decoderConfig });
    }
  }
  await output.finalize();
  return new Blob([target.buffer!]);
}

test('one whose pictures change their size in the middle has them all, in the size of the first', async () => {
  const made = await ofSizes([
    [64, 48],
    [128, 96],
  ]);
  const input = new Input({ source: new BlobSource(made), formats: [WEBM] });
  const track = await input.getPrimaryVideoTrack();
  const widths: number[] = [];
  for await (const sample of new VideoSampleSink(track!).samples()) {
    widths.push(sample.codedWidth);
    sample.close();
  }
  expect(widths).toEqual([...Array<number>(10).fill(64), ...Array<number>(10).fill(128)]);
  const frames = await framesOf(await open(made));
  expect(frames).toHaveLength(20);
  for (const { raster } of frames) expect(raster).toMatchObject({ width: 64, height: 48 });
});

/** Where a box of an MP4 begins. */
const boxAt = (bytes: Uint8Array, name: string) =>
  new TextDecoder('latin1').decode(bytes).indexOf(name) - 4;

test('one of more than 4 GB opens without being read', async () => {
  const made = bytesOf(await commands.makeClip('a.mp4', [...moving, ...h264]));
  const moov = boxAt(made, 'moov');
  // Space that nothing lies in, before the description.
  const piece = new Blob([new Uint8Array(2 ** 26)]);
  const count = 65;
  const head = new Uint8Array(16);
  const view = new DataView(head.buffer);
  view.setUint32(0, 1);
  head.set(new TextEncoder().encode('free'), 4);
  view.setBigUint64(8, BigInt(16 + count * piece.size));
  const file = new Blob([
    made.slice(0, moov),
    head,
    ...Array.from({ length: count }, () => piece),
    made.slice(moov),
  ]);
  expect(file.size).toBeGreaterThan(2 ** 32);
  const clip = await open(file);
  expect(clip.facts.to).toBeCloseTo(1);
  expect(await framesOf(clip)).toHaveLength(25);
});

test('one that says it lasts longer than it does is as long as its pictures', async () => {
  const made = bytesOf(await commands.makeClip('a.mp4', [...moving, ...h264]));
  const view = new DataView(made.buffer);
  view.setUint32(boxAt(made, 'mvhd') + 24, 0x7fffffff);
  view.setUint32(boxAt(made, 'mdhd') + 24, 0x7fffffff);
  const clip = await open(new Blob([made]));
  expect(clip.facts.to).toBeCloseTo(1);
  expect(await framesOf(clip)).toHaveLength(25);
});

test('an encrypted one says that it is', async () => {
  const key = '00112233445566778899aabbccddeeff';
  const locked = [
    '-encryption_scheme',
    'cenc-aes-ctr',
    '-encryption_key',
    key,
    '-encryption_kid',
    key,
  ];
  const made = bytesOf(await commands.makeClip('a.mp4', [...moving, ...h264, ...locked]));
  await expect(open(new Blob([made]))).rejects.toMatchObject({
    problem: 'clip-unsupported',
    facts: { lack: 'protected' },
  });
});

test('one of 10 bits says before anything is made of it that 8 are read', async () => {
  const deep = await commands.makeClip('a.webm', [...moving, '-pix_fmt', 'yuv420p10le', ...vp9]);
  const plain = await commands.makeClip('a.mp4', [...moving, ...h264]);
  const [told, silent] = await Promise.all(
    (
      [
        ['webm', deep],
        ['mp4', plain],
      ] as const
    ).map(([container, made]) => new Clips().read(new Blob([bytesOf(made)]), container)),
  );
  expect(told!.notes).toEqual([{ note: 'depth-lost', facts: {} }]);
  expect(silent!.notes).toEqual([]);
});
