import { describe, expect, it } from 'vitest';
import { findPattern, looksPrinted, type Wave } from '../../../../src/core/pattern/find';
import { cropRaster } from '../../../../src/core/picture/raster';
import { emboss, honeycomb } from '../prints';
import { addNoise, drawScene } from '../scenes';

const scene = addNoise(drawScene(400), 2);

function isNear(found: Wave, planted: Wave): boolean {
  return Math.hypot(found.x - planted.x, found.y - planted.y) < 1 / 100;
}

/** Brings a block of 8 x 8 of a picture of 400 pixels a row half-way to its mean. */
function fadeBlock(data: Uint8ClampedArray, left: number, top: number, channel: number): void {
  const indices = Array.from(
    { length: 64 },
    (_, i) => 4 * ((top + (i >> 3)) * 400 + left + (i & 7)) + channel,
  );
  const mean = indices.reduce((sum, i) => sum + data[i]! / 64, 0);
  for (const i of indices) data[i] = (data[i]! + mean) / 2;
}

const mirrored = ({ x, y }: Wave): Wave => ({ x: -x, y: -y });

describe('a pattern', () => {
  it('is found as the waves that it is made of, and known as a print', () => {
    const { waves, isPrinted } = findPattern(emboss(scene, honeycomb, 0.02));
    for (const planted of honeycomb)
      expect(waves.some((wave) => isNear(wave, planted) || isNear(wave, mirrored(planted)))).toBe(
        true,
      );
    expect(isPrinted).toBe(true);
  });

  it('is looked for in small pictures as well', () => {
    const small = cropRaster(emboss(scene, honeycomb, 0.05), {
      x: 0,
      y: 0,
      width: 180,
      height: 150,
    });
    expect(findPattern(small).waves.length).toBeGreaterThan(0);
  });

  it('of one wave may be anything: only a person can tell', () => {
    const [wave] = honeycomb;
    const { waves, isPrinted } = findPattern(emboss(scene, [wave!], 0.05));
    expect(waves.some((found) => isNear(found, wave!))).toBe(true);
    expect(isPrinted).toBe(false);
  });

  it('is not found where it is in one corner only, as cloth is', () => {
    const cloth = cropRaster(emboss(scene, honeycomb, 0.1), {
      x: 0,
      y: 0,
      width: 150,
      height: 150,
    });
    const picture = { ...scene, data: scene.data.slice() };
    for (let y = 0; y < 150; y++)
      picture.data.set(cloth.data.subarray(600 * y, 600 * (y + 1)), 4 * 400 * y);
    expect(findPattern(picture).isPrinted).toBe(false);
    expect(looksPrinted(picture)).toBe(false);
  });

  it.each([1, 2, 3])('is not found in scene %i, which has none', (seed) => {
    const picture = addNoise(drawScene(400, seed), 3);
    expect(findPattern(picture)).toEqual({ waves: [], isPrinted: false });
    expect(looksPrinted(picture)).toBe(false);
  });

  it('is not what a strong JPEG leaves of a slope: blocks that are half gone into their mean', () => {
    const slope = scene.data.map((_, i) => (i % 4 === 3 ? 255 : 60 + ((i >> 2) % 400) * 0.25));
    const picture = addNoise({ ...scene, data: slope }, 2);
    for (let top = 0; top < 400; top += 8)
      for (let left = 0; left < 400; left += 8)
        for (let channel = 0; channel < 3; channel++) fadeBlock(picture.data, left, top, channel);
    expect(findPattern(picture)).toEqual({ waves: [], isPrinted: false });
  });

  it.each([
    [1, 1],
    [63, 500],
  ])('is not looked for in a picture of %i x %i', (width, height) => {
    const data = new Uint8ClampedArray(4 * width * height);
    const picture = { width, height, data, hasAlpha: false, space: 'srgb' as const };
    expect(findPattern(picture)).toEqual({ waves: [], isPrinted: false });
  });
});

it('a quick look tells a print too', () => {
  expect(looksPrinted(emboss(scene, honeycomb, 0.02))).toBe(true);
});
