import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { createDeflicker } from '../../src/core/film/deflicker';
import { createFrameRate } from '../../src/core/film/frame-rate';
import { createSteadyDetail } from '../../src/core/film/steady-detail';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import type { ClipContainer } from '../../src/core/film/clip';
import { ClipReader } from '../../src/formats/clip/read';
import { runClip, type ClipJob, type RoomySink } from '../../src/worker/owner/clip-run';
import type { OpenPhoto } from '../../src/worker/owner/photos';
import type { Machine } from '../../src/worker/engine/protocol';
import type { Ready, RunSeries } from '../../src/worker/owner/run-series';
import type { RunWish } from '../../src/worker/owner/runs';
import { SegmentLog } from '../../src/worker/owner/segment-log';
import type { RunReport } from '../../src/worker/reports';
import { MemoryFile } from '../memory-file';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function textOf(blob: Blob): Promise<string> {
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

const report: RunReport = {
  ...{ output: { width: 64, height: 48 }, steps: [], backend: 'wasm', software: false },
  ...{ device: '', seconds: 0, notes: [] },
};

/** What pictures are planned for here. */
const standing = { machine: {} as Machine, verdicts: 0 };

/** A network that gives each picture as it is, and may fail at one. */
function plain(failAt = -1) {
  const runs = {
    count: 0,
    /** What its pictures were run as, once each. */
    series: new Set<RunSeries | undefined>(),
    /** Which networks were to be kept, each time that it was planned. */
    kept: [] as (readonly string[])[],
    async enhance(photo: OpenPhoto, { series, recipe }: Pick<RunWish, 'series' | 'recipe'>) {
      runs.series.add(series);
      await series?.ready(recipe, photo, standing, async (kept) => {
        runs.kept.push(kept);
        return { prepared: { cards: [{ id: 'net' }] } } as unknown as Ready;
      });
      if (runs.count++ === failAt) throw new Error('device lost');
      photo.result = { picture: photo.raster, scale: 1, growth: null };
      return report;
    },
  };
  return runs;
}

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=5'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=5:r=48000'];
const kinds = [
  ['a.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac']],
  ['a.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']],
] as const;

/** Makes a clip of a clip, with what lies in a file of segments. */
async function make(
  made: string,
  {
    file = new MemoryFile(),
    runs = plain(),
    withSteps = false,
    signal = new AbortController().signal,
    sink = null as RoomySink | null,
  } = {},
) {
  const container: ClipContainer = made.startsWith('GkXf') ? 'webm' : 'mp4';
  const clip = await ClipReader.open(new Blob([bytesOf(made)]), container);
  const { from, to } = clip.facts;
  const job: ClipJob = {
    ...{
      id: 1,
      clip,
      recipe: parseRecipe({ v: 1, scale: 2, variant: 'faithful' }),
      finish: neutralFinish,
    },
    ...{ stretch: { from, to }, container },
    quality: 'same',
    speech: 0,
    before: () => (withSteps ? [createDeflicker({ strength: 1 })] : []),
    after: (start) =>
      withSteps ? [createSteadyDetail({ strength: 1 }), createFrameRate({ rate: 30, start })] : [],
  };
  const log = SegmentLog.open(file, new Uint8Array(32));
  const told: number[] = [];
  const tell = ({ fraction }: { readonly fraction: number }) => void told.push(fraction);
  const { blob, ...rest } = await runClip(job, runs, { signal, tell, sink, log });
  clip.close();
  return { ...rest, told, text: blob ? await textOf(blob) : '', file, runs };
}

type Made = Awaited<ReturnType<typeof make>>;

/** Whether two clips have the same bytes and times of pictures and sound; the date of its making is in each. */
async function isSame(one: Made, other: Made): Promise<boolean> {
  const { bytes } = other.file;
  if (one.file.size() !== bytes.length || one.file.bytes.some((byte, i) => byte !== bytes[i]))
    return false;
  const packets = ({ text }: Made) => commands.soundPackets(text).then((all) => all.join());
  const times = ({ text }: Made) => commands.probeClip(text).then((all) => all.times.join());
  if ((await packets(one)) !== (await packets(other))) return false;
  return one.text.length === other.text.length && (await times(one)) === (await times(other));
}

test.each(kinds)(
  '%s: gone on with from the last whole segment it is the same as undisturbed, byte for byte',
  async (name, args) => {
    const made = await commands.makeClip(name, [...moving, ...sound, ...args]);
    const whole = await make(made);
    expect(whole).toMatchObject({ frames: 125, known: 0, fault: null });
    expect(whole.runs.count).toBe(125);
    // The tab died while the second segment was being written.
    const torn = new MemoryFile(whole.file.bytes.slice(0, whole.file.size() * 0.6));
    const rest = await make(made, { file: torn });
    expect(rest).toMatchObject({ frames: 125, known: 50, fault: null });
    expect(rest.runs.count).toBe(75);
    // By the networks of what is there.
    expect([whole.runs.kept, rest.runs.kept]).toEqual([[[]], [['net']]]);
    expect(rest.told[0]).toBeGreaterThan(0.3);
    expect(await isSame(rest, whole)).toBe(true);
    // It was made, and not saved.
    const again = await make(made, { file: rest.file });
    expect(again).toMatchObject({ frames: 125, known: 125, run: null, fault: null });
    expect(again.runs.count).toBe(0);
    expect(await isSame(again, whole)).toBe(true);
  },
);

test.each(kinds)(
  '%s: a failure in the middle is tried again from the last segment on, and nothing is lost or doubled',
  async (name, args) => {
    const made = await commands.makeClip(name, [...moving, ...sound, ...args]);
    const whole = await make(made);
    const disturbed = await make(made, { runs: plain(70) });
    expect(disturbed).toMatchObject({ frames: 125, fault: null });
    // Planned together, and anew after the failure.
    expect([whole.runs.series.size, disturbed.runs.series.size]).toEqual([1, 2]);
    expect(disturbed.runs.series).not.toContain(undefined);
    expect(disturbed.runs.kept).toEqual([[], ['net']]);
    expect(await isSame(disturbed, whole)).toBe(true);
  },
);

test('what fails again and again ends the clip with what is done', async () => {
  const [name, args] = kinds[0];
  const made = await commands.makeClip(name, [...moving, ...sound, ...args]);
  const runs = plain();
  const failing: typeof runs = {
    ...runs,
    enhance(photo, wish) {
      if (runs.count >= 70) throw new Error('device lost');
      return runs.enhance(photo, wish);
    },
  };
  const broken = await make(made, { runs: failing });
  expect(broken).toMatchObject({ frames: 50, end: 2, fault: { code: 'internal' } });
  expect((await commands.probeClip(broken.text)).times).toHaveLength(50);
});

test('a full disk ends the clip with what is done, and what is in the log is gone on with', async () => {
  const [name, args] = kinds[1];
  // Of noise so much is made that it is written before the end.
  const noise = ['-f', 'lavfi', '-i', 'nullsrc=s=160x120:r=25:d=7', '-vf'];
  const random = 'geq=random(1)*255:128:128';
  const made = await commands.makeClip(name, [...noise, random, ...args]);
  const written = new MemoryFile();
  const sink = {
    isFull: false,
    write(data: Uint8Array<ArrayBuffer>, position: number) {
      written.write(data, position);
      sink.isFull = true;
    },
  };
  const part = await make(made, { sink });
  expect(part.fault?.code).toBe('storage-full');
  expect(part.frames).toBeGreaterThan(0);
  expect(part.frames).toBeLessThan(175);
  const played = await commands.probeClip(await textOf(new Blob([written.bytes])));
  expect(played.times).toHaveLength(part.frames);

  // While it is full no more of the log is written than there is room for.
  const [still, rest] = [new MemoryFile(part.file.bytes), new MemoryFile(part.file.bytes)];
  const full = await make(made, { file: still, sink: { isFull: true, write: () => undefined } });
  expect(full).toMatchObject({ fault: { code: 'storage-full' }, run: null });
  expect(full.known).toBeGreaterThan(0);
  expect(still.bytes).toEqual(part.file.bytes);
  const whole = await make(made, { file: rest });
  expect(whole).toMatchObject({ fault: null, frames: 175, known: part.frames });
  const times = (text: string) => commands.probeClip(text).then((all) => all.times);
  expect(await times(whole.text)).toEqual(await times(made));
});

test('steps over pictures know what came before where a clip is gone on with: the same times, and the same pictures but for a trace', async () => {
  const [name, args] = kinds[0];
  // Longer than what the steps are given again.
  const long = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=12'];
  const made = await commands.makeClip(name, [...long, ...args]);
  const whole = await make(made, { withSteps: true });
  const torn = new MemoryFile(whole.file.bytes.slice(0, whole.file.size() * 0.95));
  const rest = await make(made, { file: torn, withSteps: true });
  expect(rest.known).toBeGreaterThan(250);
  expect(rest.frames).toBe(whole.frames);
  expect(rest.runs.count).toBeLessThan(whole.runs.count - 50);
  const [a, b] = await Promise.all([whole, rest].map(({ text }) => commands.probeClip(text)));
  expect(b!.times).toEqual(a!.times);
  const [one, other] = (
    await Promise.all([whole, rest].map(({ text }) => commands.picturesOf(text)))
  ).map(bytesOf) as [Uint8Array, Uint8Array];
  const sum = one.reduce((all, level, i) => all + Math.abs(level - other[i]!), 0);
  expect(sum / one.length).toBeLessThan(0.5);
});
