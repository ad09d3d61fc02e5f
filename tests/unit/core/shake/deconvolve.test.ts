import { describe, expect, test } from 'vitest';
import { deconvolve } from '../../../../src/core/shake/deconvolve';
import { cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { drawNoise, maxDifference } from '../pictures';
import {
  addLamps,
  bent,
  darken,
  drawLeaves,
  goOn,
  psnrInside,
  shakeScene,
  straight,
} from '../shaken';

const delta = { side: 1, taps: new Float32Array([1]) };

describe('taking a blur back', () => {
  test.each([
    { name: 'a bent path', kernel: bent, width: 200, height: 150 },
    { name: 'straight motion', kernel: straight, width: 301, height: 97 },
  ])('restores what the kernel blurred: $name', async ({ kernel, width, height }) => {
    const sharp = drawLeaves(width, height);
    const shaken = shakeScene(sharp, kernel);
    const restored = await deconvolve(shaken, kernel, goOn);
    expect(psnrInside(restored, sharp) - psnrInside(shaken, sharp)).toBeGreaterThan(3);
  });

  test.each([
    { name: 'a bent path', kernel: bent },
    { name: 'straight motion', kernel: straight },
  ])('rings little round clipped lamps: $name', async ({ kernel }) => {
    const night = darken(drawLeaves(256, 200));
    const shaken = shakeScene(night, kernel);
    const given = addLamps(shaken, kernel, 6);
    // Where no lamp's light fell, the lamps must not be seen.
    const errorOf = (raster: Raster8) => {
      const errors = raster.data
        .map((value, i) =>
          given.data[i] === shaken.data[i] ? Math.abs(value - night.data[i]!) : 0,
        )
        .slice(50 * 1024, 150 * 1024);
      return errors.reduce((sum, error) => sum + error, 0) / errors.length;
    };
    // The filter alone made a third more of it on the bent path.
    expect(errorOf(await deconvolve(given, kernel, goOn))).toBeLessThan(1.25 * errorOf(given));
  });

  test.each([
    { name: 'a bent path', kernel: bent },
    { name: 'straight motion', kernel: straight },
  ])('shows no seam where a large photo is cut: $name', async ({ kernel }) => {
    const shaken = shakeScene(drawLeaves(2400, 150), kernel);
    const restored = await deconvolve(shaken, kernel, goOn);
    const part = { x: 400, y: 0, width: 1600, height: 150 };
    const alone = await deconvolve(cropRaster(shaken, part), kernel, goOn);
    const middle = { x: 500, y: 0, width: 600, height: 150 };
    const same = cropRaster(restored, { ...middle, x: part.x + middle.x });
    expect(maxDifference(same, cropRaster(alone, middle))).toBeLessThanOrEqual(2);
  });

  test('a kernel of one tap changes nothing', async () => {
    const photo = drawNoise(90, 70, true);
    expect(maxDifference(await deconvolve(photo, delta, goOn), photo)).toBe(0);
  });

  test('alpha stays, and so does the source', async () => {
    const photo = drawNoise(90, 70, true);
    const copy = photo.data.slice();
    const restored = await deconvolve(photo, bent, goOn);
    expect(restored).toMatchObject({ width: 90, height: 70, hasAlpha: true });
    const alphaOf = (data: Uint8ClampedArray) => data.filter((_, i) => i % 4 === 3);
    expect(alphaOf(restored.data)).toEqual(alphaOf(copy));
    expect(photo.data).toEqual(copy);
  });

  test('works on a single pixel', async () => {
    const pixel = drawNoise(1, 1);
    expect(maxDifference(await deconvolve(pixel, straight, goOn), pixel)).toBeLessThanOrEqual(1);
  });

  test('ends with what a pause rejects with', async () => {
    const reason = new Error('enough');
    const pause = () => Promise.reject(reason);
    await expect(deconvolve(drawLeaves(64, 64), bent, pause)).rejects.toBe(reason);
  });
});
