import { describe, expect, test } from 'vitest';
import { createLike, type Raster8 } from '../../../../src/core/picture/raster';
import type { Rect } from '../../../../src/core/picture/rect';
import { resample } from '../../../../src/core/picture/resample';
import { reviewResult } from '../../../../src/core/run/review';
import { deepen } from '../pictures';
import { addNoise, blurScene, drawScene, seedRandom } from '../scenes';
import { drawTurf } from '../textures';

const scene = drawScene(192);
const twice = (photo: Raster8): Raster8 =>
  resample(photo, { width: 2 * photo.width, height: 2 * photo.height });

/** Writes a texture of a few pixels a grain over a part. */
function plant(raster: Raster8, rect: Rect, strength: number): Raster8 {
  const random = seedRandom(9);
  const out = { ...createLike(raster), data: raster.data.slice() };
  const grains = new Map<string, number>();
  for (let y = rect.y; y < rect.y + rect.height; y++)
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const key = `${x >> 2} ${y >> 2}`;
      const grain = grains.get(key) ?? strength * (2 * random() - 1);
      grains.set(key, grain);
      for (let c = 0; c < 3; c++) out.data[(y * raster.width + x) * 4 + c]! += grain;
    }
  return out;
}

describe('nothing is invented', () => {
  test.each([
    ['by a plain enlargement', scene],
    ['by one of grass', drawTurf(160, 12, 1.5)],
  ])('%s', async (_, photo) => {
    expect((await reviewResult(photo, twice(photo), 0)).parts).toEqual([]);
    expect((await reviewResult(photo, photo, 0)).parts).toEqual([]);
  });

  test('by an enlargement that is sharper, or softer', async () => {
    const soft = twice(blurScene(scene, 0.5));
    expect((await reviewResult(scene, soft, 0)).parts).toEqual([]);
    expect((await reviewResult(blurScene(scene, 0.5), twice(scene), 0)).parts).toEqual([]);
  });

  test('where noise is taken away', async () => {
    for (const sigma of [8, 20]) {
      const noisy = addNoise(scene, sigma);
      expect((await reviewResult(noisy, scene, sigma)).parts).toEqual([]);
      expect((await reviewResult(noisy, twice(scene), sigma)).parts).toEqual([]);
    }
  });
});

test('a planted texture is found where it is, and nowhere else, in 8 and 16 bits', async () => {
  const flat = { ...scene, data: scene.data.map((v, i) => (i % 4 === 3 ? 255 : 100 + v / 8)) };
  const spot = { x: 96, y: 64, width: 64, height: 48 };
  const result = plant(twice(flat), spot, 40);
  const { parts } = await reviewResult(flat, result, 0);
  expect(parts.length).toBeGreaterThan(0);
  for (const { rect } of parts) {
    expect(rect.x + rect.width).toBeGreaterThan(spot.x / 2 - 8);
    expect(rect.x).toBeLessThan((spot.x + spot.width) / 2 + 8);
    expect(rect.y + rect.height).toBeGreaterThan(spot.y / 2 - 8);
    expect(rect.y).toBeLessThan((spot.y + spot.height) / 2 + 8);
  }
  const { parts: deep } = await reviewResult(deepen(flat), deepen(result), 0);
  expect(deep.map(({ rect }) => rect)).toEqual(parts.map(({ rect }) => rect));
});

test('how far colours drift is told in parts of full scale', async () => {
  const tinted = { ...scene, data: scene.data.map((v, i) => (i % 4 === 2 ? v - 12 : v)) };
  expect((await reviewResult(scene, scene, 0)).colourDrift).toBe(0);
  const { colourDrift } = await reviewResult(scene, tinted, 0);
  expect(colourDrift).toBeGreaterThan(0.015);
  expect(colourDrift).toBeLessThan(0.05);
});
