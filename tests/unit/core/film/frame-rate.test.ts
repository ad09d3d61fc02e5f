import { describe, expect, test } from 'vitest';
import { createFrameRate, filmRates } from '../../../../src/core/film/frame-rate';
import type { FilmFrame } from '../../../../src/core/film/step';
import type { Raster } from '../../../../src/core/picture/raster';
import { drawScene } from '../scenes';
import { distance, runStep } from './clips';
import { drawMotion, motions } from './moving';

const size = { width: 96, height: 72 };
const [behind, front] = [drawScene(230, 7), drawScene(230, 8)];
const frames = (rasters: readonly Raster[], rate: number): FilmFrame[] =>
  rasters.map((raster, k) => {
    const at = Math.round((k * 1e6) / rate);
    return { raster, at, duration: Math.round(((k + 1) * 1e6) / rate) - at };
  });
const still = drawMotion('pan', size, behind, front).frame(0);

describe.each(filmRates.filter((rate) => rate !== 'twice'))('%i frames a second', (rate) => {
  test.each([10, 23.976, 25, 30, 60])('have exact times, from %f', async (own) => {
    const clip = frames(Array<Raster>(12).fill(still), own);
    const out = await runStep(createFrameRate({ rate }), clip);
    const end = clip[11]!.at + clip[11]!.duration;
    expect(out.map(({ at }) => at)).toEqual(out.map((_, k) => Math.round((k * 1e6) / rate)));
    out.forEach(({ at, duration }, k) => expect(at + duration).toBe(out[k + 1]?.at ?? end));
    expect(Math.abs(out.length - (end / 1e6) * rate)).toBeLessThan(1);
  });
});

test('twice the rate keeps each frame and its time, and adds one half way, whatever the times', async () => {
  const scene = drawMotion('pan', size, behind, front);
  const times = [-500, 20_000, 70_001];
  const clip = times.map((at, k) => ({ raster: scene.frame(k), at, duration: 30_000 }));
  const out = await runStep(createFrameRate({ rate: 'twice' }), clip);
  expect(out.map(({ at }) => at)).toEqual([-500, 9750, 20_000, 45_001, 70_001, 85_001]);
  expect(out.map(({ at, duration }) => at + duration)).toEqual([
    9750, 20_000, 45_001, 70_001, 85_001, 100_001,
  ]);
  for (const k of times.keys()) expect(out[2 * k]!.raster).toBe(clip[k]!.raster);
});

test('times that a container has rounded to milliseconds show the frames themselves', async () => {
  const scene = drawMotion('pan', size, behind, front);
  const times = [0, 33_000, 67_000, 100_000];
  const clip = times.map((at, k) => ({ raster: scene.frame(k), at, duration: 33_000 }));
  const out = await runStep(createFrameRate({ rate: 30 }), clip);
  expect(out.map(({ raster }) => clip.findIndex((frame) => frame.raster === raster))).toEqual([
    0, 1, 2, 3,
  ]);
});

test.each(motions)(
  '%s: what is between is nearer to what was there than a blend, by 2 dB',
  async (kind) => {
    const scene = drawMotion(kind, size, behind, front);
    const step = kind === 'fast pan' ? 1 : 2;
    const clip = frames([scene.frame(0), scene.frame(2 * step)], 30);
    const made = (await runStep(createFrameRate({ rate: 60 }), clip))[1]!.raster;
    const data = clip[0]!.raster.data.map((v, i) => (v + clip[1]!.raster.data[i]!) / 2);
    const blend = { ...still, data: Uint8ClampedArray.from(data) };
    const truth = scene.frame(step);
    expect(20 * Math.log10(distance(blend, truth) / distance(made, truth))).toBeGreaterThan(2);
  },
);

test('a sign that does not move stays what it is', async () => {
  const scene = drawMotion('sign', size, behind, front);
  const clip = frames([scene.frame(0), scene.frame(2)], 30);
  const made = (await runStep(createFrameRate({ rate: 60 }), clip))[1]!.raster;
  const isSign = (i: number) => [0, 1, 2].every((c) => clip[0]!.raster.data[i * 4 + c] === 250);
  let [off, count] = [0, 0];
  for (let i = 0; i < size.width * size.height; i++)
    if (isSign(i)) {
      off += Math.abs(made.data[i * 4]! - 250);
      count++;
    }
  expect(count).toBeGreaterThan(100);
  expect(off / count).toBeLessThan(3);
});

test('nothing is made across a cut, nor while a frame stands', async () => {
  const [a, b] = [still, drawMotion('pan', size, front, front).frame(0)];
  const out = await runStep(createFrameRate({ rate: 60 }), frames([a, b], 20));
  expect(out.map(({ raster }) => (raster === a ? 'a' : raster === b ? 'b' : 'made'))).toEqual(
    'aaabbb'.split(''),
  );
  const moved = drawMotion('pan', size, behind, front).frame(1);
  const slow = await runStep(createFrameRate({ rate: 25 }), frames([a, moved], 5));
  expect(slow.every(({ raster }) => raster === a || raster === moved)).toBe(true);
});

test('equal frames give the frame itself; nothing given is changed', async () => {
  const copy = { ...still, data: still.data.slice() };
  const out = await runStep(createFrameRate({ rate: 60 }), frames([still, copy, still], 25));
  for (const { raster } of out) expect(raster.data).toEqual(still.data);
  const scene = drawMotion('turn', size, behind, front);
  const given = [scene.frame(0), scene.frame(1)];
  await runStep(createFrameRate({ rate: 60 }), frames(given, 25));
  expect(given.map(({ data }) => data)).toEqual([0, 1].map((k) => scene.frame(k).data));
});

test('an empty clip has no frames, and one frame is shown as long as it was', async () => {
  expect(await createFrameRate({ rate: 60 }).flush()).toEqual([]);
  const out = await runStep(createFrameRate({ rate: 60 }), [
    { raster: still, at: 40, duration: 0 },
  ]);
  expect(out).toEqual([{ raster: still, at: 40, duration: 0 }]);
});

test('from a frame in the middle on, a clip is what all of it is from there', async () => {
  const clip = frames(Array<Raster>(40).fill(still), 23.976);
  const all = await runStep(createFrameRate({ rate: 60 }), clip);
  for (const first of [1, 7, 20]) {
    const rest = await runStep(createFrameRate({ rate: 60, start: 0 }), clip.slice(first));
    const from = rest[0]!.at;
    expect(from).toBeGreaterThan(clip[first]!.at - 1000);
    expect(rest.map(({ at }) => at)).toEqual(
      all.filter(({ at }) => at >= from).map(({ at }) => at),
    );
  }
});
