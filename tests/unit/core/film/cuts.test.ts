import { expect, test } from 'vitest';
import { createCutFinder, isCut } from '../../../../src/core/film/cuts';
import { createRaster } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';
import { drawMotion, motions } from './moving';

const size = { width: 128, height: 96 };
const [one, other] = [drawScene(300, 3), drawScene(300, 4)];
const flat = (level: number) => {
  const raster = createRaster(size, false);
  raster.data.fill(level);
  return raster;
};

test.each(motions)('%s is no cut', (kind) => {
  const scene = drawMotion(kind, size, one, other);
  expect(isCut(scene.frame(0), scene.frame(1))).toBe(false);
});

test('another scene is a cut, once', () => {
  const [a, b] = [one, other].map((world) => drawMotion('pan', size, world, world));
  const finder = createCutFinder();
  const frames = [a!.frame(0), a!.frame(1), b!.frame(2), b!.frame(3)];
  expect(frames.map((frame) => finder.next(frame))).toEqual([false, false, true, false]);
});

test('noise, a flash and a fade are no cuts', () => {
  const frame = drawMotion('pan', size, one, other).frame(0);
  const lit = (gain: number, lift: number) => ({
    ...frame,
    data: frame.data.map((v, i) => (i % 4 === 3 ? v : v * gain + lift)),
  });
  expect(isCut(addNoise(frame, 8, 1), addNoise(frame, 8, 2))).toBe(false);
  expect(isCut(frame, lit(0.7, 70))).toBe(false);
  expect(isCut(frame, lit(0.5, 0))).toBe(false);
});

test('from black to a picture is a cut, from black to black is none', () => {
  const frame = drawMotion('pan', size, one, other).frame(0);
  expect(isCut(flat(0), frame)).toBe(true);
  expect(isCut(frame, flat(0))).toBe(true);
  expect(isCut(flat(0), flat(40))).toBe(false);
});

test('frames of another size begin another scene; the smallest frames have no cuts', () => {
  const finder = createCutFinder();
  finder.next(drawMotion('pan', size, one, other).frame(0));
  expect(finder.next(createRaster({ width: 40, height: 30 }, false))).toBe(true);
  const pixel = createRaster({ width: 1, height: 1 }, false);
  expect(isCut(pixel, pixel)).toBe(false);
});
