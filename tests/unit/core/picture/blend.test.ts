import { expect, test } from 'vitest';
import { blendStrength } from '../../../../src/core/picture/blend';
import { createRaster } from '../../../../src/core/picture/raster';
import { resample } from '../../../../src/core/picture/resample';
import { drawNoise, maxDifference } from '../pictures';

const original = drawNoise(31, 300, true);
const enhanced = drawNoise(62, 600, true);

test('strength 0 is the plain resample and strength 1 the result, bit for bit', () => {
  expect(maxDifference(blendStrength(original, enhanced, 0), resample(original, enhanced))).toBe(0);
  expect(maxDifference(blendStrength(original, enhanced, 1), enhanced)).toBe(0);
});

test('at the same size strength 0 is the original, bit for bit, colour under transparency too', () => {
  const clear = drawNoise(31, 300, true);
  for (let i = 3; i < clear.data.length; i += 12) clear.data[i] = 0;
  const repaired = drawNoise(31, 300, true);
  repaired.data.fill(200);
  expect(maxDifference(blendStrength(clear, repaired, 0), clear)).toBe(0);
});

test('in between it is the mean, weighted by alpha, across block borders too', () => {
  const plain = resample(original, enhanced);
  const blended = blendStrength(original, enhanced, 0.25);
  for (let i = 0; i < blended.data.length; i += 4) {
    const a = 0.75 * plain.data[i + 3]!;
    const b = 0.25 * enhanced.data[i + 3]!;
    expect(Math.abs(blended.data[i + 3]! - (a + b))).toBeLessThanOrEqual(0.5);
    const red = (plain.data[i]! * a + enhanced.data[i]! * b) / (a + b);
    expect(Math.abs(blended.data[i]! - red)).toBeLessThanOrEqual(0.51);
  }
});

test('a transparent pixel lends no colour', () => {
  const clear = createRaster({ width: 1, height: 1 }, true);
  const red = createRaster({ width: 2, height: 2 }, true);
  for (let i = 0; i < 16; i += 4) red.data.set([255, 0, 0, 255], i);
  clear.data.set([0, 255, 0, 0]);
  expect(Array.from(blendStrength(clear, red, 0.5).data.subarray(0, 4))).toEqual([255, 0, 0, 128]);
});
