import { afterEach, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import type { BackendChoice } from '../../src/worker/engine/protocol';
import { Clips } from '../../src/worker/owner/clips';
import type { OpenPhoto } from '../../src/worker/owner/photos';
import type { ClipRequest } from '../../src/worker/clip-request';
import type { RunReport } from '../../src/worker/reports';

const report: RunReport = {
  ...{ output: { width: 64, height: 48 }, steps: [], backend: 'webgpu', software: true },
  ...{ device: '', seconds: 0, notes: [] },
};

/** A network that gives each picture as it is, and calls at one. */
function plain(at: number, call: () => void) {
  let count = 0;
  return {
    async enhance(photo: OpenPhoto) {
      if (count++ === at) call();
      photo.result = await Promise.resolve({ picture: photo.raster, scale: 1, growth: null });
      return report;
    },
  };
}

const source = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=1'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=1:r=48000'];
const args = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'];

type Film = Partial<Pick<ClipRequest, 'deband' | 'steadyDetail' | 'deflicker' | 'rate'>>;

/** Devices that were opened, and how often one worked. */
function watchGpu() {
  const { mock } = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const devices = () => mock.settledResults.map(({ value }) => value as GPUDevice);
  return { devices, submit: vi.spyOn(GPUQueue.prototype, 'submit') };
}

afterEach(() => vi.restoreAllMocks());

async function make(
  backend: BackendChoice,
  film: Film,
  { at = -1, call = () => undefined }: { at?: number; call?: () => void } = {},
) {
  const made = await commands.makeClip('a.webm', [...source, ...sound, ...args]);
  const bytes = Uint8Array.from(atob(made), (c) => c.charCodeAt(0));
  const clips = new Clips();
  const { clip } = await clips.read(new Blob([bytes]), 'webm');
  clips.keep(1, clip);
  const parts = new Map<number, Uint8Array>();
  const request = {
    ...{ recipe: parseRecipe({ v: 2, steps: [] }), finish: neutralFinish, ...film },
    ...{ from: clip.facts.from, to: clip.facts.to },
  };
  const { signal } = new AbortController();
  const outlet = (data: Uint8Array, position: number) =>
    Promise.resolve(void parts.set(position, data.slice()));
  const told = { signal, tell: () => undefined, outlet, backend };
  const done = await clips.enhance(1, request, plain(at, call), told);
  await clips.close(1);
  const length = Math.max(...[...parts].map(([position, data]) => position + data.length));
  const file = new Uint8Array(length);
  for (const [position, data] of parts) file.set(data, position);
  const text = btoa([...file].map((byte) => String.fromCharCode(byte)).join(''));
  const { clip: again } = await clips.read(new Blob([file]), 'webm');
  const rasters: Uint8ClampedArray[] = [];
  for await (const { raster } of again.frames({ from: 0, to: 2 }))
    rasters.push(raster.data as Uint8ClampedArray);
  again.close();
  return { ...done, times: (await commands.probeClip(text)).times, rasters };
}

type Made = Awaited<ReturnType<typeof make>>;

/** The furthest that two clips' pictures are apart, and how far they are in the mean. */
function apart(one: Made, other: Made) {
  let [worst, sum, count] = [0, 0, 0];
  for (const [k, data] of one.rasters.entries())
    for (let i = 0; i < data.length; i++, count++) {
      const off = Math.abs(data[i]! - other.rasters[k]![i]!);
      worst = Math.max(worst, off);
      sum += off;
    }
  return { worst, mean: sum / count };
}

test.each<[string, Film]>([
  ['colours alone', {}],
  ['Deband', { deband: 1 }],
])('%s: a clip whose pictures a GPU works on is the very clip of the arrays', async (_, film) => {
  const wanted = await make('wasm', film);
  const { devices, submit } = watchGpu();
  const made = await make('webgpu', film);
  expect(made).toMatchObject({ frames: 25, fault: null });
  expect(devices()).toHaveLength(1);
  // Each picture at least once before the network and once after it.
  expect(submit.mock.calls.length).toBeGreaterThanOrEqual(50);
  // It is freed with the clip.
  expect((await devices()[0]!.lost).reason).toBe('destroyed');
  expect(made.times).toEqual(wanted.times);
  expect(apart(made, wanted)).toEqual({ worst: 0, mean: 0 });
});

test('a device that is lost in the middle is opened once more, and no picture is lost or another one', async () => {
  const wanted = await make('wasm', { deband: 1 });
  const { devices } = watchGpu();
  const lose = () => devices().at(-1)!.destroy();
  const made = await make('webgpu', { deband: 1 }, { at: 9, call: lose });
  expect(made).toMatchObject({ frames: 25, known: 0, fault: null });
  expect(devices()).toHaveLength(2);
  expect(made.times).toEqual(wanted.times);
  expect(apart(made, wanted)).toEqual({ worst: 0, mean: 0 });
});

test('every step of film works there, with all pictures and their times', async () => {
  const film = { deflicker: true, steadyDetail: true, deband: 1, rate: 'twice' } as const;
  const wanted = await make('wasm', film);
  const made = await make('webgpu', film);
  expect(made).toMatchObject({ frames: 50, fault: null });
  expect(made.times).toEqual(wanted.times);
  // What is coded from pictures that are a level apart here and there is hardly further apart.
  expect(apart(made, wanted).mean).toBeLessThan(1);
});
