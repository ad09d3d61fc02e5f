import { expect, test } from 'vitest';
import { createDeband, debandRaster } from '../../../../src/core/film/deband';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';

const size = { width: 160, height: 90 };

/** A sky: a slope of 24 levels, stored in steps of some levels. */
function drawSky(step: number): Raster8 {
  const raster = createRaster(size, false);
  for (let i = 0; i < size.width * size.height; i++) {
    const level = levelAt(i % size.width);
    raster.data.set([Math.round(level / step) * step, 90, 200, 255], i * 4);
  }
  return raster;
}

const levelAt = (x: number) => 120 + (24 * x) / size.width;

/** How far means of 8 x 8 pixels, which is what an eye sees of a dither, are from the slope. */
function unevenness({ data, width, height }: Raster8): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y + 8 <= height; y += 8)
    for (let x = 0; x + 8 <= width; x += 8, count++) {
      let off = 0;
      for (let i = 0; i < 64; i++)
        off += data[((y + (i >> 3)) * width + x + (i & 7)) * 4]! - levelAt(x + (i & 7));
      sum += (off / 64) ** 2;
    }
  return Math.sqrt(sum / count);
}

test.each([2, 3, 4])('steps of %i levels become a slope', (step) => {
  const sky = drawSky(step);
  const made = debandRaster(sky, 1) as Raster8;
  expect(unevenness(made)).toBeLessThan(unevenness(sky) / 2.5);
  expect(made.data.every((v, i) => Math.abs(v - sky.data[i]!) <= 5)).toBe(true);
});

test('what is even, what has grain, and edges stay bit for bit', () => {
  const even = createRaster(size, false);
  even.data.fill(77);
  expect(debandRaster(even, 1)).toBe(even);
  const grainy = addNoise(even, 4);
  expect(debandRaster(grainy, 1).data).toEqual(grainy.data);
  const scene = drawScene(96);
  const made = debandRaster(scene, 1);
  const isChanged = (i: number) => made.data[i] !== scene.data[i];
  const changed = scene.data.reduce((count, _, i) => count + Number(isChanged(i)), 0);
  expect(changed / scene.data.length).toBeLessThan(0.02);
});

test('strength of 0 changes nothing, less strength takes smaller steps', () => {
  const sky = drawSky(4);
  expect(debandRaster(sky, 0)).toBe(sky);
  expect(debandRaster(sky, 0.5)).toBe(sky);
});

test('as a step it gives each frame at once, its time kept, and the given one where nothing changes', async () => {
  const step = createDeband({ strength: 1 });
  const frame = { raster: drawSky(3), at: 40, duration: 7 };
  const copy = frame.raster.data.slice();
  expect((await step.push(frame))[0]).toMatchObject({ at: 40, duration: 7 });
  expect(frame.raster.data).toEqual(copy);
  const even = { raster: createRaster({ width: 1, height: 1 }, false), at: 0, duration: 1 };
  expect((await step.push(even))[0]).toBe(even);
  expect(await step.flush()).toEqual([]);
});
