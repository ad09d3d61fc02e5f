import { describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import type { ClipContainer } from '../../src/core/film/clip';
import type { FilmFrame } from '../../src/core/film/step';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { unwrap } from '../../src/core/errors';
import type { Raster } from '../../src/core/picture/raster';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { ClipWriter } from '../../src/formats/clip/write';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const bars = (more = '') => ['-f', 'lavfi', '-i', `smptebars=s=160x120:r=25:d=0.4${more}`];
const moving = (more = '') => ['-f', 'lavfi', '-i', `testsrc2=s=160x120:r=25:d=1${more}`];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=1:r=48000'];
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];

async function open(name: string, args: readonly string[]) {
  const made = await commands.makeClip(name, args);
  const bytes = bytesOf(made);
  const container = readClipContainer(bytes.subarray(0, 512));
  expect(container).not.toBeNull();
  return { clip: await ClipReader.open(new Blob([bytes]), container!), made };
}

async function framesOf(clip: ClipReader, stretch = { from: -Infinity, to: Infinity }) {
  const frames: FilmFrame[] = [];
  for await (const frame of clip.frames(stretch)) frames.push(frame);
  return frames;
}

/** Reads a clip and writes its frames as they are. */
async function copy(clip: ClipReader, container: ClipContainer = clip.facts.container) {
  const { width, height } = clip.facts;
  const writer = await ClipWriter.begin(
    { container, size: { width, height }, origin: 0 },
    clip,
    null,
  );
  for await (const frame of clip.frames({ from: -Infinity, to: Infinity })) await writer.add(frame);
  const blob = await writer.close(Infinity);
  return { text: textOf(new Uint8Array(await blob!.arrayBuffer())), codec: writer.codec };
}

/**
 * The largest and the mean difference of a pixel's red, green and blue from what ffmpeg makes of the same clip, where a picture is flat: how
 * colours are spread between two samples is not laid down.
 */
async function differ(frames: readonly FilmFrame[], made: string, flat = made) {
  const [wanted, plain] = (
    await Promise.all([made, flat].map((clip) => commands.picturesOf(clip)))
  ).map(bytesOf) as [Uint8Array, Uint8Array];
  let [most, sum, start, counted] = [0, 0, 0, 0];
  for (const { raster } of frames) {
    const { width, height, data } = raster;
    const place = (x: number, y: number, c: number) => start + (y * width + x) * 3 + c;
    const at = (x: number, y: number, c: number) => plain[place(x, y, c)]!;
    for (let y = 3; y < height - 3; y++)
      for (let x = 3; x < width - 3; x++) {
        const isFlat = [0, 1, 2].every((c) =>
          [-3, -2, -1, 1, 2, 3].every(
            (d) =>
              Math.abs(at(x + d, y, c) - at(x, y, c)) < 2 &&
              Math.abs(at(x, y + d, c) - at(x, y, c)) < 2,
          ),
        );
        if (!isFlat) continue;
        counted++;
        for (let c = 0; c < 3; c++) {
          const off = Math.abs(data[(y * width + x) * 4 + c]! - wanted[place(x, y, c)]!);
          most = Math.max(most, off);
          sum += off / 3;
        }
      }
    start += width * height * 3;
  }
  expect(start).toBe(wanted.length);
  expect(counted).toBeGreaterThan(wanted.length / 3 / 4);
  return { most, mean: sum / counted };
}

/** Bars whose numbers mean one thing, coded without loss. */
const barsIn = (matrix: string, range: string, codec: readonly string[]) => [
  ...bars(),
  ...['-vf', `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv420p`],
  ...['-colorspace', matrix, '-color_range', range, '-color_primaries', matrix],
  ...['-color_trc', matrix, ...codec],
];

describe('colours of test bars', () => {
  for (const [name, codec] of [
    ['a.mp4', [...h264, '-qp', '0']],
    ['a.webm', [...vp9, '-lossless', '1']],
  ] as const)
    test.each([
      ['bt709', 'tv'],
      ['bt709', 'pc'],
      ['smpte170m', 'tv'],
      ['smpte170m', 'pc'],
    ])(`${name}, %s, range of %s: right to one level, and kept`, async (matrix, range) => {
      const { clip, made } = await open(name, barsIn(matrix, range, codec));
      const frames = await framesOf(clip);
      expect(frames).toHaveLength(10);
      expect((await differ(frames, made)).most).toBeLessThanOrEqual(1);
      const { text } = await copy(clip);
      const { streams, times } = await commands.probeClip(text);
      expect(times).toHaveLength(10);
      expect(streams[0]).toMatchObject({ color_space: matrix, color_range: range });
      // What a lossy encoder leaves of them.
      expect((await differ(frames, text, made)).mean).toBeLessThanOrEqual(2);
    });
});

test('a small clip that does not say what its numbers mean is in BT.601, as players take it, and says so afterwards', async () => {
  const plain = ['-vf', 'format=yuv420p', ...h264, '-qp', '0'];
  const { clip, made } = await open('a.mp4', [...bars(), ...plain]);
  expect((await commands.probeClip(made)).streams[0]).not.toHaveProperty('color_space');
  expect((await differ(await framesOf(clip), made)).most).toBeLessThanOrEqual(1);
  const { streams } = await commands.probeClip((await copy(clip)).text);
  expect(streams[0]).toMatchObject({ color_space: 'smpte170m', color_range: 'tv' });
});

describe('times and sounds', () => {
  test.each([
    ['a.mp4', [...h264, '-bf', '2', '-c:a', 'aac'], 'H.264', ['AAC']],
    ['a.webm', [...vp9, '-c:a', 'libopus'], 'VP9', ['Opus']],
    ['a.mov', [...h264, '-c:a', 'pcm_s16le'], 'H.264', ['PCM-S16']],
    ['a.mkv', [...h264, '-c:a', 'flac'], 'H.264', ['FLAC']],
  ] as const)(
    '%s comes out as it was, with the same packets of sound',
    async (name, args, codec, sounds) => {
      const { clip, made } = await open(name, [...moving(), ...sound, ...args]);
      expect(clip.facts).toMatchObject({ codec, sounds, lostSounds: 0, isEven: true });
      expect(clip.facts.frameRate).toBeCloseTo(25);
      const { text } = await copy(clip);
      const [before, after] = await Promise.all(
        [made, text].map((each) => commands.probeClip(each)),
      );
      expect(after!.times).toEqual(before!.times);
      const packets = await Promise.all([made, text].map((each) => commands.soundPackets(each)));
      // ffprobe tells beside the last packet of an Opus how much of it is silence, which mediabunny does not write.
      const plain = packets.map((all) =>
        all.map((line) => line.replace(/Skip Samples,[\d,]+/, '')),
      );
      expect(plain[1]!.length).toBeGreaterThan(10);
      expect(plain[1]!.join('').replaceAll(',', '')).toBe(plain[0]!.join('').replaceAll(',', ''));
    },
  );

  test('a variable rate keeps its own times', async () => {
    const uneven = "select='not(mod(n,3))+not(mod(n,5))'";
    const args = [...moving(), '-vf', uneven, '-fps_mode', 'vfr', ...h264];
    const { clip, made } = await open('a.mp4', args);
    expect(clip.facts.isEven).toBe(false);
    const { text } = await copy(clip);
    const [before, after] = await Promise.all([made, text].map((each) => commands.probeClip(each)));
    expect(before!.times.length).toBe(12);
    expect(after!.times).toEqual(before!.times);
  });
});

describe('odd clips', () => {
  test('one that is cut off is as long as it is, and says so', async () => {
    const made = bytesOf(await commands.makeClip('a.webm', [...moving(), ...vp9, '-g', '5']));
    const cut = new Blob([made.subarray(0, made.length >> 1)]);
    const clip = await ClipReader.open(cut, 'webm');
    const frames = await framesOf(clip);
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.length).toBeLessThan(25);
  });

  test.each([
    [
      'cut off before its description',
      'file-cut-off',
      (bytes: Uint8Array<ArrayBuffer>) => bytes.subarray(0, 2000),
    ],
    ['with sound alone', 'clip-unsupported', null],
  ])('one %s is refused', async (_, problem, cut) => {
    const args = cut ? [...moving(), ...h264] : [...sound, '-c:a', 'aac'];
    const made = bytesOf(await commands.makeClip('a.mp4', args));
    await expect(ClipReader.open(new Blob([cut ? cut(made) : made]), 'mp4')).rejects.toMatchObject({
      problem,
    });
  });

  test('a turned one is read upright, as players show it', async () => {
    const made = bytesOf(await commands.makeClip('a.mp4', [...moving(), ...h264]));
    const { poster: plain } = await ClipReader.open(new Blob([made]), 'mp4');
    // The matrix of its track, by a quarter clockwise.
    const box = new TextDecoder('latin1').decode(made).indexOf('tkhd');
    const view = new DataView(made.buffer);
    [0, 1, 0, -1, 0].forEach((cell, i) => view.setInt32(box + 44 + 4 * i, cell * 0x10000));
    const clip = await ClipReader.open(new Blob([made]), 'mp4');
    expect(clip.facts).toMatchObject({ width: 120, height: 160 });
    const { poster: turned } = clip;
    // What was at the top left is at the top right.
    const pixel = (raster: Raster, x: number, y: number) => {
      return [...raster.data.subarray((y * raster.width + x) * 4).subarray(0, 4)];
    };
    for (const [x, y] of [
      [0, 0],
      [50, 20],
      [159, 119],
    ] as const)
      expect(pixel(turned, 119 - y, x)).toEqual(pixel(plain, x, y));
  });

  test('one in a codec that is not decoded here names it', async () => {
    const made = await commands.makeClip('a.mov', [...moving(), '-c:v', 'prores_ks']);
    await expect(ClipReader.open(new Blob([bytesOf(made)]), 'mov')).rejects.toMatchObject({
      problem: 'clip-unsupported',
      facts: { lack: 'codec', codec: 'ProRes' },
    });
  });

  test.each([
    ['of oblong pixels', 'a.mp4', [...moving(), '-vf', 'setsar=2'], { width: 320, height: 120 }],
    [
      'of odd sides',
      'a.webm',
      ['-f', 'lavfi', '-i', 'testsrc=s=33x17:d=0.2', '-pix_fmt', 'yuv420p'],
      { width: 33, height: 17 },
    ],
    ['of one picture', 'a.mp4', [...moving(), '-frames:v', '1'], { width: 160, height: 120 }],
    [
      'in fragments',
      'a.mp4',
      [...moving(), '-movflags', 'frag_keyframe+empty_moov'],
      { width: 160, height: 120 },
    ],
    ['of 10 bits', 'a.webm', [...moving(), '-pix_fmt', 'yuv420p10le'], { width: 160, height: 120 }],
  ] as const)(
    'one %s is read upright and square, every picture of it',
    async (_, name, args, size) => {
      const isWebm = name === 'a.webm';
      const codec = isWebm ? vp9 : ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
      const { clip, made } = await open(name, [...args, ...codec]);
      expect(clip.facts).toMatchObject(size);
      const frames = await framesOf(clip);
      const { times } = await commands.probeClip(made);
      expect(frames.map(({ at }) => at / 1e6)).toEqual(
        times.map((time): unknown => expect.closeTo(time, 4)),
      );
      expect(frames[0]!.raster).toMatchObject(size);
      const { text } = await copy(clip);
      expect((await commands.probeClip(text)).streams[0]).toMatchObject(size);
    },
  );
});

describe('in the owner', () => {
  test.each([
    ['a.mp4', [...h264, '-c:a', 'aac']],
    ['a.webm', [...vp9, '-c:a', 'libopus']],
  ] as const)('%s is enlarged', async (name, args) => {
    const source = ['-f', 'lavfi', '-i', 'smptebars=s=64x48:r=25:d=0.2'];
    const made = await commands.makeClip(name, [...source, ...sound, '-t', '0.2', ...args]);
    const owner = new PhotoOwner();
    const catalogUrl = new URL('/models/catalog.json', location.href).href;
    await owner.init({ backend: 'wasm', tile: 64, catalogUrl });
    const opened = await owner.open(new File([bytesOf(made)], name), { takesClips: true });
    const { id, clip, preview, width } = unwrap(opened);
    preview.close();
    expect(width).toBe(64);
    const recipe = parseRecipe({ v: 1, scale: 2, variant: 'faithful' });
    const request = { recipe, finish: neutralFinish, from: clip!.from, to: clip!.to };
    const told: number[] = [];
    const draw = vi.spyOn(globalThis, 'createImageBitmap');
    const reply = await owner.enhanceClip(id, request, ({ frames }) => told.push(frames));
    // Nobody sees a picture before it is done, nor closes what was drawn of it.
    expect(draw).not.toHaveBeenCalled();
    draw.mockRestore();
    const report = unwrap(reply);
    expect(report).toMatchObject({ frames: 5, fault: null });
    expect(told.at(-1)).toBe(5);
    const text = textOf(new Uint8Array(await report.file.arrayBuffer()));
    const [before, after] = await Promise.all([made, text].map((each) => commands.probeClip(each)));
    expect(after!.times).toEqual(before!.times);
    expect(after!.streams[0]).toMatchObject({ width: 128, height: 96 });
    expect(after!.streams).toHaveLength(2);
    await owner.close(id);
  });
});
