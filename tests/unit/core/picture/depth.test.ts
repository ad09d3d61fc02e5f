import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bleedColour, hasTransparency } from '../../../../src/core/picture/alpha';
import { blendStrength } from '../../../../src/core/picture/blend';
import { ditherToEight, roundMean, toEight, writeMeans } from '../../../../src/core/picture/depth';
import { createRaster, cropRaster, depthOf } from '../../../../src/core/picture/raster';
import { bicubicTaps, resample } from '../../../../src/core/picture/resample';
import { deepen, drawDeepNoise, drawNoise, maxDifference } from '../pictures';

describe('rounding', () => {
  test('of means is the same in both depths: ties to even, clamped', () => {
    const anything = fc.oneof(
      fc.double({ min: -300, max: 600, noNaN: true }),
      fc.integer({ min: -600, max: 1200 }).map((halves) => halves / 2),
    );
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1 }), (levels) => {
        const [eight, sixteen] = [
          new Uint8ClampedArray(levels.length),
          new Uint16Array(levels.length),
        ];
        writeMeans(Float64Array.from(levels), eight, 0);
        writeMeans(Float64Array.from(levels), sixteen, 0);
        for (const [i, level] of levels.entries()) {
          expect(Math.min(255, sixteen[i]!)).toBe(eight[i]);
          if (level >= 0 && level <= 255) expect(roundMean(level) === eight[i]).toBe(true);
        }
      }),
    );
    expect([0.5, 1.5, 2.5].map(roundMean)).toEqual([0, 2, 2]);
  });

  test('to 8 bits: what came from 8 bits comes back, dithered too; 8 bits are left alone', () => {
    const source = drawNoise(19, 9, true);
    for (const make of [toEight, ditherToEight]) {
      expect(maxDifference(make(deepen(source)), source)).toBe(0);
      expect(make(source)).toBe(source);
    }
  });

  test('dither keeps the mean of a smooth grey, or alpha, that has no level of its own', () => {
    const grey = createRaster({ width: 64, height: 64 }, true, 16);
    for (const share of [0.1, 0.25, 0.5, 0.8]) {
      grey.data.fill(Math.round((100 + share) * 257));
      for (const channel of [0, 3]) {
        const dithered = ditherToEight(grey).data.filter((_, i) => i % 4 === channel);
        expect(new Set(dithered)).toEqual(new Set([100, 101]));
        const mean = dithered.reduce((sum, level) => sum + level, 0) / dithered.length;
        expect(mean).toBeCloseTo(100 + share, 1);
      }
      expect(new Set(toEight(grey).data).size).toBe(1);
    }
  });

  test('where a picture is not smooth it is rounded, and a hard edge of alpha stays one', () => {
    const noise = drawDeepNoise(40, 30);
    const [dithered, rounded] = [ditherToEight(noise), toEight(noise)];
    for (let i = 4; i < noise.data.length - 4; i++) {
      const [left, level, right] = [noise.data[i - 4]!, noise.data[i]!, noise.data[i + 4]!];
      const isRough = Math.abs(level - left) > 257 || Math.abs(level - right) > 257;
      if (i % 160 >= 4 && i % 160 < 156 && isRough) expect(dithered.data[i]).toBe(rounded.data[i]);
    }
    const logo = createRaster({ width: 16, height: 9 }, true, 16);
    for (let i = 0; i < 16 * 9; i++)
      logo.data.set([9001, 300, 65000, i % 16 < 7 ? 0 : 65535], i * 4);
    const alphas = ditherToEight(logo).data.filter((_, i) => i % 4 === 3);
    expect([...alphas]).toEqual(Array.from(alphas, (_, i) => (i % 16 < 7 ? 0 : 255)));
  });
});

describe('in 16 bits', () => {
  const side = fc.integer({ min: 1, max: 24 });

  test('a crop and a resample at the same size are copies', () => {
    const source = drawDeepNoise(13, 7, true);
    expect(maxDifference(resample(source, source), source)).toBe(0);
    expect(depthOf(cropRaster(source, { x: 2, y: 1, width: 5, height: 3 }))).toBe(16);
  });

  test('a resample to any size is the rounded sum of its taps', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const source = drawDeepNoise(11, 9);
        const out = resample(source, { width, height });
        const columns = bicubicTaps(source.width, width);
        const rows = bicubicTaps(source.height, height);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let sum = 0;
            for (let j = 0; j < rows.count; j++)
              for (let i = 0; i < columns.count; i++) {
                const [tapX, tapY] = [x * columns.count + i, y * rows.count + j];
                const at = rows.index[tapY]! * source.width + columns.index[tapX]!;
                sum += columns.weight[tapX]! * rows.weight[tapY]! * source.data[at * 4]!;
              }
            const wanted = Math.min(65535, Math.max(0, sum));
            expect(Math.abs(out.data[(y * width + x) * 4]! - wanted)).toBeLessThan(1);
          }
      }),
      { numRuns: 30 },
    );
  });

  test('a blend is the mean of both, to half a level', () => {
    const [original, enhanced] = [drawDeepNoise(20, 30), drawDeepNoise(20, 30)];
    enhanced.data.reverse();
    for (let i = 3; i < enhanced.data.length; i += 4) enhanced.data[i] = 65535;
    const out = blendStrength(original, enhanced, 0.3);
    for (let i = 0; i < out.data.length; i++)
      expect(
        Math.abs(out.data[i]! - 0.7 * original.data[i]! - 0.3 * enhanced.data[i]!),
      ).toBeLessThanOrEqual(0.5001);
  });

  test('every way of 8 bits gives the same, to the rounding of 8 bits', () => {
    const [photo, made] = [drawNoise(17, 12, true), drawNoise(34, 24, true)];
    const pairs = [
      [resample(deepen(photo), made), resample(photo, made)],
      [blendStrength(deepen(photo), deepen(made), 0.4), blendStrength(photo, made, 0.4)],
    ] as const;
    for (const [deep, flat] of pairs) {
      const eight = toEight(deep);
      // Straight colour under little alpha magnifies the rounding of both.
      for (let i = 0; i < flat.data.length; i++)
        if (flat.data[i | 3]! > 60)
          expect(Math.abs(eight.data[i]! - flat.data[i]!)).toBeLessThan(2);
    }
  });

  test('colour grows into transparent pixels, rounded and not cut', () => {
    const raster = createRaster({ width: 3, height: 1 }, true, 16);
    raster.data.set([1001, 5, 65535, 65535]);
    raster.data.set([1004, 8, 65535, 7], 8);
    bleedColour(raster, 4);
    expect([...raster.data.subarray(4, 8)]).toEqual([1002, 6, 65535, 0]);
    expect(hasTransparency(raster.data)).toBe(true);
    expect(hasTransparency(drawDeepNoise(3, 3).data)).toBe(false);
  });
});
