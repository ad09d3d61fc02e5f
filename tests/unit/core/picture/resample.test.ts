import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRaster, cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { bicubicTaps, reflect, resample } from '../../../../src/core/picture/resample';
import { drawNoise, maxDifference } from '../pictures';

const side = fc.integer({ min: 1, max: 40 });

describe('bicubic resampling', () => {
  test('weights sum to one for every pair of lengths', () => {
    fc.assert(
      fc.property(side, side, (length, outLength) => {
        const taps = bicubicTaps(length, outLength);
        for (let i = 0; i < outLength; i++) {
          const own = taps.weight.subarray(i * taps.count, (i + 1) * taps.count);
          expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  test('the same size gives the same picture', () => {
    const source = drawNoise(13, 7);
    expect(maxDifference(resample(source, source), source)).toBe(0);
  });

  test('a part equals that part of the whole', () => {
    fc.assert(
      fc.property(side, side, fc.boolean(), (x, y, hasAlpha) => {
        const source = drawNoise(21, 21, hasAlpha);
        const size = { width: 84, height: 63 };
        const part = { x, y, width: 84 - 2 * x, height: 63 - y };
        const width = Math.max(1, part.width);
        const wanted = { ...part, width };
        const whole = resample(source, size);
        expect(maxDifference(resample(source, size, wanted), cropRaster(whole, wanted))).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('agrees with MATLAB imresize on a step edge enlarged twice', () => {
    const source = createRaster({ width: 4, height: 1 }, false);
    source.data.set([0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 200, 255, 200, 200, 200, 255]);
    const reds = Array.from(resample(source, { width: 8, height: 1 }).data).filter(
      (_, i) => i % 4 === 0,
    );
    // Keys a = -0.5 at quarter-pixel phases: -0.0703125, 0.8671875, 0.2265625, -0.0234375.
    expect(reds[3]).toBe(Math.round(200 * (0.2265625 - 0.0234375)));
    expect(reds[4]).toBe(Math.round(200 * (0.8671875 - 0.0703125)));
  });

  test('colour under transparent pixels does not bleed', () => {
    const source = createRaster({ width: 4, height: 1 }, true);
    source.data.set([0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255]);
    const { data } = resample(source, { width: 16, height: 1 });
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3]! > 8) expect([data[i], data[i + 1]]).toEqual([255, 0]);
  });
});

test('reflection repeats the edge sample and is defined for one pixel', () => {
  expect([-3, -2, -1, 0, 1, 2, 3, 4, 5].map((i) => reflect(i, 3))).toEqual([
    2, 1, 0, 0, 1, 2, 2, 1, 0,
  ]);
  expect([-5, 0, 9].map((i) => reflect(i, 1))).toEqual([0, 0, 0]);
});

test('averages are kept when reducing', () => {
  const mean = ({ data }: Raster8) => data.reduce((a, b) => a + b, 0) / data.length;
  const source = drawNoise(64, 64);
  expect(mean(resample(source, { width: 16, height: 16 }))).toBeCloseTo(mean(source), 0);
});
