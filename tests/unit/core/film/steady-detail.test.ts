import { expect, test } from 'vitest';
import { createSteadyDetail } from '../../../../src/core/film/steady-detail';
import type { FilmFrame } from '../../../../src/core/film/step';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';
import { distance, runStep, unrest } from './clips';
import { drawMotion, motions } from './moving';

const size = { width: 96, height: 72 };
const [behind, front] = [drawScene(230, 31), drawScene(230, 32)];
const clipOf = (rasters: readonly Raster8[]) =>
  rasters.map((raster, k) => ({ raster, at: k * 40_000, duration: 40_000 }));
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test.each(motions.filter((kind) => kind !== 'sign'))(
  '%s with noise of its own in each frame: restless by less than half along the motion, and nearer to the truth',
  async (kind) => {
    const scene = drawMotion(kind, size, behind, front);
    const truth = Array.from({ length: 6 }, (_, k) => scene.frame(k));
    const clip = clipOf(truth.map((raster, k) => addNoise(raster, 8, k + 1)));
    const made = await runStep(createSteadyDetail({ strength: 1 }), clip);
    const restless = (frames: readonly { readonly raster: Raster8 }[]) =>
      mean([2, 3, 4, 5].map((k) => unrest(scene, frames[k]!.raster, frames[k - 1]!.raster, k)));
    expect(restless(made as typeof clip)).toBeLessThan(0.5 * restless(clip));
    const off = (frames: readonly { readonly raster: Raster8 }[]) =>
      mean([2, 3, 4, 5].map((k) => distance(frames[k]!.raster, truth[k]!)));
    expect(off(made as typeof clip)).toBeLessThan(off(clip));
  },
);

test('a bright square that jumps leaves no ghost', async () => {
  const drawSquare = (left: number) => {
    const raster = createRaster(size, false);
    for (let i = 0; i < size.width * size.height; i++) {
      const [x, y] = [i % size.width, Math.floor(i / size.width)];
      const isInside = x >= left && x < left + 12 && y >= 30 && y < 42;
      raster.data.set(isInside ? [240, 240, 240, 255] : [40, 40, 40, 255], i * 4);
    }
    return raster;
  };
  const step = createSteadyDetail({ strength: 1 });
  await step.push({ raster: drawSquare(10), at: 0, duration: 1 });
  const [{ raster }] = (await step.push({ raster: drawSquare(70), at: 1, duration: 1 })) as [
    FilmFrame,
  ];
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < 60; x++) expect(raster.data[(y * size.width + x) * 4]).toBeLessThan(43);
});

test('equal frames, a cut, another size and a strength of 0 give the frame itself; nothing given is changed', async () => {
  const frame = drawMotion('pan', size, behind, front).frame(0);
  const other = drawMotion('pan', size, front, front).frame(0);
  const small = createRaster({ width: 3, height: 1 }, false);
  const clip = clipOf([frame, { ...frame, data: frame.data.slice() }, other, small]);
  const made = await runStep(createSteadyDetail({ strength: 1 }), clip);
  expect(made.map((each, k) => each === clip[k])).toEqual([true, true, true, true]);
  const noisy = clipOf([addNoise(frame, 5, 1), addNoise(frame, 5, 2)]);
  const copies = noisy.map(({ raster }) => raster.data.slice());
  await runStep(createSteadyDetail({ strength: 1 }), noisy);
  noisy.forEach(({ raster }, k) => expect(raster.data).toEqual(copies[k]));
  expect(await runStep(createSteadyDetail({ strength: 0 }), noisy)).toEqual(noisy);
});
