import { expect, test } from 'vitest';
import { createDeflicker } from '../../../../src/core/film/deflicker';
import type { FilmFrame } from '../../../../src/core/film/step';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { drawScene } from '../scenes';
import { distance, runStep } from './clips';
import { drawMotion, type Moving } from './moving';

const size = { width: 96, height: 72 };
const [behind, front] = [drawScene(230, 21), drawScene(230, 22)];
const rate = 25;
const still: Moving = {
  ...size,
  frame: () => drawMotion('pan', size, behind, front).frame(0),
  follow: (x, y) => [x, y],
};
const cached = new Map<Moving, Map<number, Raster8>>();

/** A frame, drawn once. */
function frameOf(scene: Moving, k: number): Raster8 {
  const frames = cached.get(scene) ?? new Map<number, Raster8>();
  cached.set(scene, frames);
  const frame = frames.get(k) ?? scene.frame(k);
  frames.set(k, frame);
  return frame;
}

/** A clip whose rows are lit by a gain of their time and place. */
function lit(
  scene: Moving,
  count: number,
  gain: (seconds: number, y: number) => number,
): FilmFrame[] {
  return Array.from({ length: count }, (_, k) => {
    const frame = frameOf(scene, k);
    const data = frame.data.map((v, i) =>
      i % 4 === 3 ? v : v * gain(k / rate, Math.floor(i / 4 / size.width) / size.height),
    );
    return { raster: { ...frame, data }, at: (k * 1e6) / rate, duration: 1e6 / rate };
  });
}

/** The root of the mean square of how far eighths of the frames' height are brighter than the scene, without what is slow. */
function flicker(clip: readonly FilmFrame[], scene: Moving): number {
  const bands = 8;
  const off = clip.map(({ raster }, k) => {
    const [sums, truths] = [new Float64Array(bands), new Float64Array(bands)];
    const truth = frameOf(scene, k);
    for (let i = 0; i < raster.data.length; i += 4) {
      const band = Math.floor((i / 4 / size.width / size.height) * bands);
      sums[band]! += raster.data[i + 1]!;
      truths[band]! += truth.data[i + 1]!;
    }
    return Array.from(sums, (sum, band) => Math.log(sum / truths[band]!));
  });
  let [sum, count] = [0, 0];
  for (let band = 0; band < bands; band++) {
    const mean = off.reduce((total, each) => total + each[band]!, 0) / off.length;
    for (const each of off) {
      sum += (each[band]! - mean) ** 2;
      count++;
    }
  }
  return Math.sqrt(sum / count);
}

const scenes = { still, pan: drawMotion('pan', size, behind, front) };

/** By how many decibels flicker of 8 % falls. */
async function fall(scene: Moving, hertz: number, bands: number): Promise<number> {
  const wave = (t: number, y: number) => Math.sin(2 * Math.PI * (hertz * t + bands * y) + 1);
  const clip = lit(scene, 75, (t, y) => 1 + 0.08 * wave(t, y));
  const made = await runStep(createDeflicker({ strength: 1 }), clip);
  expect(made.map(({ at }) => at)).toEqual(clip.map(({ at }) => at));
  return 20 * Math.log10(flicker(clip, scene) / flicker(made, scene));
}

test.each([
  ['still', 3, 0],
  ['still', 7.3, 0],
  ['still', 12, 0],
  ['still', 3, 1],
  ['still', 11, 1.5],
  ['pan', 3, 0],
  ['pan', 7.3, 0],
  ['pan', 12, 0],
  ['pan', 3, 1],
] as const)(
  '%s: flicker at %f Hz, %f bands over the rows, falls by 20 dB',
  async (kind, hertz, bands) => {
    expect(await fall(scenes[kind], hertz, bands)).toBeGreaterThan(20);
  },
);

test('over a pan of few pixels, even flicker in bands that change nearly all from frame to frame falls by 14 dB', async () => {
  expect(await fall(scenes.pan, 11, 1.5)).toBeGreaterThan(14);
});

test('a fade stays: no frame moves by more than six levels', async () => {
  const clip = lit(still, 75, (t) => Math.max(0.05, Math.min(1, 1.5 - 0.7 * t)));
  const made = await runStep(createDeflicker({ strength: 1 }), clip);
  for (const [k, { raster }] of made.entries())
    expect(distance(raster, clip[k]!.raster)).toBeLessThan(6);
});

test('a clip without flicker comes out as the frames that went in, nothing is changed in place', async () => {
  const clip = lit(still, 30, () => 1);
  const made = await runStep(createDeflicker({ strength: 1 }), clip);
  expect(made.every((frame, k) => frame === clip[k])).toBe(true);
  const flickering = lit(still, 20, (t) => 1 + 0.08 * Math.sin(40 * t));
  const copies = flickering.map(({ raster }) => raster.data.slice());
  await runStep(createDeflicker({ strength: 1 }), flickering);
  flickering.forEach(({ raster }, k) => expect(raster.data).toEqual(copies[k]));
});

test('a cut begins anew: a scene is not lit as the one before, and frames are held no longer than 0.8 s', async () => {
  const [one, other] = [
    lit(still, 20, () => 1),
    lit(drawMotion('pan', size, front, front), 20, () => 0.5),
  ];
  const later = other.map((frame) => ({ ...frame, at: frame.at + (20 * 1e6) / rate }));
  const same = later.map((frame) => ({ ...frame, raster: later[0]!.raster }));
  const step = createDeflicker({ strength: 1 });
  const waiting: number[] = [];
  let given = 0;
  const made: FilmFrame[] = [];
  for (const [k, frame] of [...one, ...same].entries()) {
    const out = await step.push(frame);
    given += out.length;
    waiting.push(k + 1 - given);
    made.push(...out);
  }
  made.push(...(await step.flush()));
  expect(Math.max(...waiting)).toBeLessThanOrEqual(0.8 * rate + 1);
  expect(made.every(({ raster }, k) => raster === [...one, ...same][k]!.raster)).toBe(true);
});

test('strength of a half takes half of it, of 0 nothing', async () => {
  const clip = lit(still, 50, (t) => 1 + 0.08 * Math.sin(2 * Math.PI * 7 * t));
  const half = await runStep(createDeflicker({ strength: 0.5 }), clip);
  const share = flicker(half, still) / flicker(clip, still);
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
  const untouched = await runStep(createDeflicker({ strength: 0 }), clip);
  expect(untouched.every((f, k) => f === clip[k])).toBe(true);
});
