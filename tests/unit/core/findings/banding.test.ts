import { describe, expect, test } from 'vitest';
import { measureBands, showsBands } from '../../../../src/core/findings/banding';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { addNoise, compressScene, drawScene } from '../scenes';

const size = { width: 240, height: 160 };

/** A sky that darkens one way by 40 levels, stored in steps of some. */
function drawSky(step: number, isAcross: boolean): Raster8 {
  const raster = createRaster(size, false);
  for (let i = 0; i < size.width * size.height; i++) {
    const share = isAcross
      ? (i % size.width) / size.width
      : Math.floor(i / size.width) / size.height;
    const level = Math.round((90 + 40 * share) / step) * step;
    raster.data.set([level - 30, level, level + 40, 255], i * 4);
  }
  return raster;
}

const shows = (raster: Raster8) => showsBands(measureBands(raster));

describe.each([true, false])('a sky that darkens, across: %s', (isAcross) => {
  test.each([2, 3, 4, 5])('in steps of %i levels has bands nearly everywhere', (step) => {
    expect(measureBands(drawSky(step, isAcross))).toBeGreaterThan(0.8);
  });

  test('in all levels that 8 bits have shows none, nor with grain over its steps', () => {
    expect(shows(drawSky(1, isAcross))).toBe(false);
    expect(shows(addNoise(drawSky(4, isAcross), 3))).toBe(false);
  });
});

test('a quarter of a picture is enough, beside texture', () => {
  const sky = drawSky(3, true);
  const scene = drawScene(240);
  sky.data.set(scene.data.subarray(0, sky.data.length * 0.75));
  expect(shows(sky)).toBe(true);
});

test('scenes, plain surfaces, stripes and charts have none', () => {
  for (const seed of [1, 2, 3]) expect(shows(drawScene(200, seed))).toBe(false);
  expect(shows(compressScene(drawScene(200), 90))).toBe(false);
  const plain = createRaster(size, false);
  plain.data.fill(77);
  expect(measureBands(plain)).toBe(0);
  // Up and down again is no slope; large steps are drawn.
  const stripes = (levels: readonly number[]) => {
    const raster = createRaster(size, false);
    for (let i = 0; i < size.width * size.height; i++) {
      const level = levels[Math.floor((i % size.width) / 12) % levels.length]!;
      raster.data.set([level, level, level, 255], i * 4);
    }
    return raster;
  };
  expect(shows(stripes([100, 103]))).toBe(false);
  expect(shows(stripes([20, 60, 100, 140, 180, 220]))).toBe(false);
});

test('a picture of one pixel or one line is no failure', () => {
  for (const [width, height] of [
    [1, 1],
    [1, 90],
    [90, 1],
  ] as const)
    expect(measureBands(createRaster({ width, height }, false))).toBe(0);
});
