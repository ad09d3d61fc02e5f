import { expect, test } from 'vitest';
import { createBetween } from '../../../../src/core/film/between';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';
import { distance } from './clips';
import { drawMotion } from './moving';

const size = { width: 96, height: 72 };
const [behind, front] = [drawScene(230, 11), drawScene(230, 12)];
const lit = (raster: Raster, gain: number) =>
  ({ ...raster, data: raster.data.map((v, i) => (i % 4 === 3 ? v : v * gain)) }) as Raster;
const still = drawMotion('pan', size, behind, front).frame(0);

test('the ends are the frames themselves', async () => {
  const other = lit(still, 0.9);
  const between = createBetween(still, other);
  expect(await between.at(0)).toBe(still);
  expect(await between.at(1)).toBe(other);
});

test.each([0.25, 0.5, 0.8])('at %f of the way a pan has come so far', async (phase) => {
  const scene = drawMotion('pan', size, behind, front);
  const made = await createBetween(scene.frame(0), scene.frame(1)).at(phase);
  const truth = scene.frame(phase);
  expect(distance(made, truth)).toBeLessThan(distance(made, scene.frame(0)) / 2);
  expect(distance(made, truth)).toBeLessThan(distance(made, scene.frame(1)) / 2);
});

test('a fade of what does not move is a blend', async () => {
  const made = await createBetween(still, lit(still, 0.7)).at(0.5);
  expect(distance(made, lit(still, 0.85))).toBeLessThan(1);
});

test('noise on what does not move is blended, not moved about', async () => {
  const [a, b] = [addNoise(still, 6, 1), addNoise(still, 6, 2)];
  const blend = { ...a, data: a.data.map((v, i) => (v + b.data[i]!) / 2) };
  const made = await createBetween(a, b).at(0.5);
  expect(20 * Math.log10(distance(made, still) / distance(blend, still))).toBeLessThan(0.2);
});

test('what no motion explains is repeated', async () => {
  const strange = drawMotion('pan', size, front, front).frame(0);
  const between = createBetween(still, strange);
  expect((await between.at(0.4)) === still).toBe(true);
  expect((await between.at(0.6)) === strange).toBe(true);
});

test('16 bits and transparency stay', async () => {
  const deep = createRaster(size, true, 16);
  deep.data.set(Uint16Array.from(still.data, (v) => v * 257));
  const moved = createRaster(size, true, 16);
  moved.data.set([...deep.data.subarray(4), ...deep.data.subarray(0, 4)]);
  const made = await createBetween(deep, moved).at(0.5);
  expect(made.data).toBeInstanceOf(Uint16Array);
  expect(made.hasAlpha).toBe(true);
  for (let i = 3; i < made.data.length; i += 4) expect(made.data[i]).toBe(65535);
});
