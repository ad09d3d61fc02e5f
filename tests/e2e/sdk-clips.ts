/** Clips by the npm package, in a real browser; ffmpeg makes them and judges what comes of them. */
import type { Page } from '@playwright/test';
import type { ClipOptions, ClipResult, EnhanceError } from '../../src/sdk/enlarger';
import { makeClip, picturesOf, probeClip, soundPackets } from '../clips.ts';
import { expect, test } from './host-site';

const moving = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc2=s=64x48:r=25:d=${seconds}`];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=0.4:r=48000'];
const h264 = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const vp9 = [
  ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '4', '-b:v', '0'],
  ...['-c:a', 'libopus'],
];

/** What a call came to, as text where it is bytes. */
type Told = {
  /** The file: of a call that was aborted, its part. */
  readonly text: string;
  readonly result: Omit<ClipResult, 'blob'> | null;
  readonly isPart: boolean;
  readonly failure: string | null;
  readonly stages: readonly string[];
  /** Pictures that were done, and all, at the end. */
  readonly counted: readonly [number, number | null];
  /** Calls of a stream, and bytes. */
  readonly writes: number;
};

/** How a clip is asked for: where it is to be written, and after which picture it is aborted. */
type How = {
  readonly options?: ClipOptions;
  readonly into?: 'stream' | 'file';
  readonly abortAt?: number;
};

async function enhance(page: Page, clip: Buffer, how: How = {}): Promise<Told & { out: Buffer }> {
  const told = await page.evaluate(
    async ([base64, { options = {}, into, abortAt = Infinity }]): Promise<Told> => {
      const { Enhancer, EnhanceError } = window.enlarger;
      const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
      const enhancer = new Enhancer({ backend: 'wasm' });
      const stop = new AbortController();
      const stages = new Set<string>();
      let counted: [number, number | null] = [0, null];
      let part: ClipResult | null = null;
      let result: ClipResult | null = null;
      let failure: string | null = null;
      const written: Uint8Array<ArrayBuffer>[] = [];
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('made', { create: true });
      const writable =
        into === 'file'
          ? await handle.createWritable()
          : new WritableStream<Uint8Array<ArrayBuffer>>({
              write: (data) => void written.push(data),
            });
      try {
        result = await enhancer.enhanceClip(new File([bytes], 'clip'), {
          ...options,
          ...(into && { writable }),
          signal: stop.signal,
          onPart: (given) => (part = given),
          onProgress: ({ stage, frames, allFrames }) => {
            stages.add(stage);
            counted = [frames, allFrames];
            if (frames >= abortAt) stop.abort();
          },
        });
      } catch (error) {
        const { name, message } = error as EnhanceError;
        failure = error instanceof EnhanceError ? `${error.code}: ${message}` : name;
      }
      const given = result ?? part;
      const { blob = null, ...rest } = given ?? {};
      // What a file is, once it is closed.
      const file = into === 'file' ? await handle.getFile() : blob;
      // Anything of the worker is gone by now: the file is the page's.
      enhancer.dispose();
      const out = file ? new Uint8Array(await file.arrayBuffer()) : null;
      let text = '';
      for (const piece of out ? [out] : written)
        for (const byte of piece) text += String.fromCharCode(byte);
      await folder.removeEntry('made');
      return {
        ...{ text: btoa(text), result: given && (rest as Omit<ClipResult, 'blob'>) },
        ...{ isPart: result === null, failure, stages: [...stages], counted },
        writes: written.length,
      };
    },
    [clip.toString('base64'), how] as const,
  );
  return { ...told, out: Buffer.from(told.text, 'base64') };
}

/** Packets of sound by their times, sizes and hashes alone. */
const soundsOf = (clip: Buffer) =>
  soundPackets(clip)
    .join('')
    .replace(/Skip Samples[,\d]*/g, '')
    .replaceAll(',', '');

/**
 * The tests of `enhanceClip`.
 *
 * @param visit Brings a page to one that has the package.
 */
export function testClips(visit: (page: Page) => Promise<void>): void {
  for (const [name, codec, format] of [
    ['a.mp4', h264, 'mp4'],
    ['a.webm', vp9, 'webm'],
  ] as const)
    test(`${name}: a clip goes in and a clip comes out, with its times and its sound`, async ({
      page,
    }) => {
      await visit(page);
      const made = makeClip(name, [...moving(0.4), ...sound, ...codec]);
      const { out, result, failure, stages, counted } = await enhance(page, made);
      expect(failure).toBeNull();
      expect(result).toMatchObject({ width: 128, height: 96, format, frames: 10 });
      expect(result?.report).toMatchObject({ backend: 'wasm', steps: [{ task: 'upscale' }] });
      expect(stages.filter((stage) => !/download|compile/.test(stage))).toEqual([
        ...['open', 'run', 'save'],
      ]);
      expect(counted).toEqual([10, 10]);
      const [before, after] = [made, out].map(probeClip);
      expect(after!.times).toEqual(before!.times);
      expect(after!.streams[0]).toMatchObject({ width: 128, height: 96 });
      expect(soundsOf(out)).toBe(soundsOf(made));
    });

  test('a stretch at another rate, with steps of the film, goes into a stream as it comes', async ({
    page,
  }) => {
    await visit(page);
    const made = makeClip('a.mp4', [...moving(0.4), ...h264]);
    const { out, result, failure, writes } = await enhance(page, made, {
      into: 'stream',
      options: {
        ...{ scale: 2, from: 0.08, to: 0.28, quality: 'smaller', strength: 0.5 },
        film: { deflicker: true, steadyDetail: true, deband: 0.5, frameRate: 50 },
      },
    });
    expect(failure).toBeNull();
    expect(writes).toBeGreaterThan(0);
    expect(result).toMatchObject({ frames: 10, recipe: { finish: { strength: 0.5 } } });
    const { times, streams } = probeClip(out);
    expect(streams[0]).toMatchObject({ width: 128, height: 96 });
    expect(times).toHaveLength(10);
    expect(times[0]).toBeCloseTo(0, 3);
    for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeCloseTo(0.02, 3);
  });

  test('into a file, and into another container, whose sound is encoded anew and said so', async ({
    page,
  }) => {
    await visit(page);
    const made = makeClip('a.mp4', [...moving(0.4), ...sound, ...h264]);
    const kept = await enhance(page, made, { into: 'file' });
    expect(kept.failure).toBeNull();
    expect(probeClip(kept.out).times).toEqual(probeClip(made).times);
    expect(soundsOf(kept.out)).toBe(soundsOf(made));
    const other = await enhance(page, made, { into: 'stream', options: { format: 'webm' } });
    expect(other.failure).toBeNull();
    expect(other.result).toMatchObject({ format: 'webm', frames: 10 });
    expect(other.result?.report.notes).toEqual([expect.stringContaining('AAC')]);
    const { times, streams } = probeClip(other.out);
    expect(times).toHaveLength(10);
    expect(streams.map((stream) => stream['codec_name'])).toEqual(['vp9', 'opus']);
  });

  test('an abort leaves a part that plays, handed over or in the stream, and rejects with AbortError', async ({
    page,
  }) => {
    await visit(page);
    const made = makeClip('a.webm', [...moving(20), ...vp9]);
    for (const into of [undefined, 'stream', 'file'] as const) {
      const { out, result, isPart, failure } = await enhance(page, made, {
        abortAt: 3,
        ...(into && { into }),
      });
      expect(failure).toBe('AbortError');
      expect(isPart).toBe(true);
      const { times } = probeClip(out);
      expect(times.length).toBe(result!.frames);
      expect(times.length).toBeGreaterThanOrEqual(3);
      expect(times.length).toBeLessThan(500);
      expect(picturesOf(out).length).toBe(times.length * 128 * 96 * 3);
    }
  });

  test('what cannot be made of a clip is told by its code, and why', async ({ page }) => {
    await visit(page);
    const prores = makeClip('a.mov', [...moving(0.2), '-c:v', 'prores_ks']);
    const whole = makeClip('a.mp4', [...moving(0.2), ...h264]);
    const key = '00112233445566778899aabbccddeeff';
    const locked = makeClip('a.mp4', [
      ...[...moving(0.2), ...h264, '-encryption_scheme', 'cenc-aes-ctr'],
      ...['-encryption_key', key, '-encryption_kid', key],
    ]);
    const picture = makeClip('a.png', [...moving(0.04), '-frames:v', '1']);
    const why = async (clip: Buffer) => (await enhance(page, clip)).failure;
    expect(await why(prores)).toMatch(/^unsupported-format: .*ProRes/);
    expect(await why(locked)).toMatch(/^unsupported-format: .*encrypted/);
    expect(await why(whole.subarray(0, 1000))).toMatch(/^corrupt-file: .*MP4.* cut off/);
    expect(await why(picture)).toMatch(/^unsupported-format: .*enhance\(\)/);
    expect(await why(Buffer.from('Dear diary'))).toMatch(/^unsupported-format: /);
    const late = await enhance(page, whole, { options: { from: 5 } });
    expect(late.failure).toMatch(/^bad-option: options\.from /);
  });
}
