import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blendStrength } from '../../../../src/core/picture/blend';
import { lumaOf } from '../../../../src/core/picture/luma';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import type { Size } from '../../../../src/core/picture/rect';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { finishPixels } from '../../../../src/core/run/finish-pixels';
import { drawNoise, maxDifference } from '../pictures';

const size: Size = { width: 64, height: 48 };
const count = (length: number) => Int32Array.from({ length }, (_, i) => i);

/** A picture of one grey. */
function fill(level: number): Raster {
  const out = createRaster(size, false);
  for (let i = 0; i < out.data.length; i += 4) out.data.set([level, level, level, 255], i);
  return out;
}

/** Milder than noise, so that nothing is clipped that is not meant to be. */
function soften(raster: Raster, from: number, to: number): Raster {
  const data = raster.data.map((v, i) => (i % 4 === 3 ? v : from + ((to - from) * v) / 255));
  return { ...raster, data: new Uint8ClampedArray(data) };
}

const plain = soften(drawNoise(size.width, size.height), 60, 190);
const enhanced: Raster = {
  ...plain,
  data: new Uint8ClampedArray(plain.data.map((v, i) => (i % 4 === 3 ? 255 : v + 12 * (i % 3) - 9))),
};

function finishBoth(changes: Partial<Finish>, over = enhanced, under = plain, step = 1): Raster {
  const out = createRaster(size, over.hasAlpha);
  const [columns, rows] = [count(size.width), count(size.height)];
  const plates = { plain: under, enhanced: over, columns, rows, whole: size, step, drift: null };
  finishPixels(plates, { ...neutralFinish, ...changes }, out);
  return out;
}

const pixel = ({ data }: Raster, i: number) => [data[i]!, data[i + 1]!, data[i + 2]!] as const;
const grade = neutralFinish.grade;
const grain = { amount: 1, size: 1, seed: 5 };
const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const reds = ({ data }: Raster) => [...data.filter((_, i) => i % 4 === 0)];

describe('strength', () => {
  test('is the blend, whether a pixel takes the short way or the long one', () => {
    const under = drawNoise(size.width, size.height, true);
    const over: Raster = { ...under, data: new Uint8ClampedArray(under.data).reverse() };
    const everywhere = { width: 1, height: 1, values: new Uint8Array([255]) };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (strength) => {
        const expected = blendStrength(under, over, strength);
        expect(maxDifference(finishBoth({ strength }, over, under), expected)).toBe(0);
        const long = finishBoth({ strength, mask: everywhere }, over, under);
        expect(maxDifference(long, expected)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('is multiplied with the mask, which is stretched over the picture', () => {
    const half = { width: 2, height: 1, values: new Uint8Array([0, 255]) };
    const out = finishBoth({ mask: half });
    const [left, right] = [4 * 2, 4 * (size.width - 3)];
    expect(pixel(out, left)).toEqual(pixel(plain, left));
    expect(pixel(out, right)).toEqual(pixel(enhanced, right));
    const weak = finishBoth({ mask: { ...half, values: new Uint8Array([51, 51]) } });
    expect(maxDifference(weak, finishBoth({ strength: 0.2 }))).toBe(0);
  });

  test('is not what a grade or grain is weighed with', () => {
    const nowhere = { width: 1, height: 1, values: new Uint8Array([0]) };
    const changes = { grade: { ...grade, exposure: 0.5 }, grain };
    const masked = finishBoth({ ...changes, mask: nowhere });
    expect(maxDifference(masked, finishBoth(changes, plain))).toBe(0);
  });
});

test('luminance only: the blend’s luma, and the plain picture’s chroma', () => {
  for (const strength of [1, 0.4]) {
    const out = finishBoth({ luminanceOnly: true, strength });
    const blend = finishBoth({ strength });
    for (let i = 0; i < out.data.length; i += 4) {
      const [red, green, blue] = pixel(out, i);
      const ground = pixel(plain, i);
      // Rounding of three channels.
      expect(Math.abs(red - green - (ground[0] - ground[1]))).toBeLessThanOrEqual(1);
      expect(Math.abs(blue - green - (ground[2] - ground[1]))).toBeLessThanOrEqual(1);
      expect(Math.abs(lumaOf(red, green, blue) - lumaOf(...pixel(blend, i)))).toBeLessThan(1.01);
    }
  }
});

describe('colour lock', () => {
  const drift = { width: 2, height: 2, values: new Float32Array(16) };
  for (let i = 0; i < 16; i += 4) drift.values.set([0.04, 0, -0.04 * (0.299 / 0.114)], i);
  const lockBoth = (colourLock: number) => {
    const out = createRaster(size, false);
    const [columns, rows] = [count(size.width), count(size.height)];
    const plates = { plain, enhanced, columns, rows, whole: size, step: 1, drift };
    finishPixels(plates, { ...neutralFinish, colourLock }, out);
    return out;
  };

  test('adds the drift, in its share, and keeps luma', () => {
    const out = lockBoth(0.5);
    for (let i = 0; i < out.data.length; i += 4) {
      expect(Math.abs(out.data[i]! - enhanced.data[i]! - 0.02 * 255)).toBeLessThanOrEqual(0.51);
      expect(out.data[i + 1]).toBe(enhanced.data[i + 1]);
      const luma = lumaOf(...pixel(out, i)) - lumaOf(...pixel(enhanced, i));
      expect(Math.abs(luma)).toBeLessThan(0.25);
    }
    expect(maxDifference(lockBoth(0), enhanced)).toBe(0);
  });
});

describe('grade', () => {
  const gradeGrey = (level: number, changes: Partial<typeof grade>) =>
    finishBoth({ grade: { ...grade, ...changes } }, fill(level)).data;

  test('a stop of exposure is twice the light, to a step or two', () => {
    // 188 is twice 137 in linear light (sRGB).
    expect(Math.abs(gradeGrey(137, { exposure: 1 })[0]! - 188)).toBeLessThan(3);
    expect(Math.abs(gradeGrey(188, { exposure: -1 })[0]! - 137)).toBeLessThan(3);
    expect(gradeGrey(250, { exposure: 3 })[0]).toBe(255);
  });

  test('contrast keeps black, mid-grey and white, and rises everywhere', () => {
    for (const contrast of [-1, -0.3, 0.6, 1]) {
      const levels = Array.from({ length: 256 }, (_, v) => gradeGrey(v, { contrast })[0]!);
      expect([levels[0], levels[255]]).toEqual([0, 255]);
      expect(Math.abs(levels[128]! - 128)).toBeLessThanOrEqual(1);
      expect(levels.every((v, i) => i === 0 || v >= levels[i - 1]!)).toBe(true);
      const slope = (levels[160]! - levels[96]!) / 64;
      expect(Math.sign(slope - 1)).toBe(Math.sign(contrast));
    }
  });

  test('temperature warms a grey at its luma', () => {
    const [red = 0, green = 0, blue = 0] = gradeGrey(120, { temperature: 0.6 });
    expect(red).toBeGreaterThan(green + 5);
    expect(blue).toBeLessThan(green - 5);
    expect(Math.abs(lumaOf(red, green, blue) - 120)).toBeLessThan(1);
  });

  test('saturation of -1 is grey, and keeps luma', () => {
    const out = finishBoth({ grade: { ...grade, saturation: -1 } });
    for (let i = 0; i < out.data.length; i += 4) {
      const [red, green, blue] = pixel(out, i);
      expect([green, blue]).toEqual([red, red]);
      expect(Math.abs(red - lumaOf(...pixel(enhanced, i)))).toBeLessThanOrEqual(0.51);
    }
  });
});

describe('grain', () => {
  const spread = (level: number, step = 1) => {
    const values = reds(finishBoth({ grain }, fill(level), fill(level), step));
    return Math.sqrt(mean(values.map((v) => (v - level) ** 2)));
  };

  test('is grey, and has mean 0', () => {
    const out = finishBoth({ grain }, fill(128));
    for (let i = 0; i < out.data.length; i += 4)
      expect([out.data[i + 1], out.data[i + 2]]).toEqual([out.data[i], out.data[i]]);
    // 3072 pixels with a deviation of 31: four deviations of their mean.
    expect(Math.abs(mean(reds(out)) - 128)).toBeLessThan(2.3);
  });

  test('is strongest in the mid-tones, and leaves black and white alone', () => {
    expect(Math.abs(spread(128) - 0.12 * 255)).toBeLessThan(1.5);
    expect(spread(40)).toBeLessThan(0.7 * spread(128));
    expect(spread(215)).toBeLessThan(0.7 * spread(128));
    expect(spread(0)).toBe(0);
    expect(spread(255)).toBe(0);
  });

  test('varies as much less where it is shown smaller as its mean does', () => {
    expect(Math.abs(spread(128, 4) - spread(128) / 4)).toBeLessThan(0.5);
  });
});

test('in place it gives the same', () => {
  const finish = { strength: 0.7, luminanceOnly: true, grain, grade: { ...grade, contrast: 0.4 } };
  const expected = finishBoth(finish);
  const own: Raster = { ...enhanced, data: enhanced.data.slice() };
  const [columns, rows] = [count(size.width), count(size.height)];
  const plates = { plain, enhanced: own, columns, rows, whole: size, step: 1, drift: null };
  finishPixels(plates, { ...neutralFinish, ...finish }, own);
  expect(maxDifference(own, expected)).toBe(0);
});
