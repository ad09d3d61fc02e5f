import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blendStrength } from '../../../../src/core/picture/blend';
import { lumaOf } from '../../../../src/core/picture/luma';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import type { Size } from '../../../../src/core/picture/rect';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { finishPixels } from '../../../../src/core/run/finish-pixels';
import { oklab } from '../../../../src/core/picture/oklab';
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

  /** Oklab of an encoded colour, by the definition. */
  const oklabOf = (colour: readonly number[]) => {
    const light = colour.map((v) => displayLight(v / 255));
    const times = (rows: readonly number[], by: readonly number[]) =>
      [0, 3, 6].map((i) => rows[i]! * by[0]! + rows[i + 1]! * by[1]! + rows[i + 2]! * by[2]!);
    const [lightness = 0, a = 0, b = 0] = times(
      oklab.lab,
      times(oklab.cones, light).map(Math.cbrt),
    );
    return { lightness, a, b, chroma: Math.hypot(a, b) };
  };
  const displayLight = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const eachPair = (changes: Partial<typeof grade>, of = enhanced) => {
    const out = finishBoth({ grade: { ...grade, ...changes } }, of);
    return Array.from(
      { length: out.data.length / 4 },
      (_, i) => [oklabOf(pixel(of, 4 * i)), oklabOf(pixel(out, 4 * i))] as const,
    );
  };

  test('no saturation, or none of colour at all, is grey of the same lightness', () => {
    for (const changes of [{ saturation: -1 }, { monochrome: true, saturation: 0.7 }])
      for (const [before, after] of eachPair(changes)) {
        expect(after.chroma).toBeLessThan(1e-6);
        // Half a level.
        expect(Math.abs(after.lightness - before.lightness)).toBeLessThan(0.004);
      }
  });

  test('saturation scales chroma, and keeps lightness and hue', () => {
    for (const [before, after] of eachPair({ saturation: -0.5 })) {
      // Rounding to levels.
      expect(Math.abs(after.a - before.a / 2)).toBeLessThan(0.006);
      expect(Math.abs(after.b - before.b / 2)).toBeLessThan(0.006);
      expect(Math.abs(after.lightness - before.lightness)).toBeLessThan(0.004);
    }
  });

  test('vibrance moves faint colours more than strong ones', () => {
    const two = fill(0);
    for (let i = 0; i < two.data.length; i += 8) {
      two.data.set([130, 122, 115], i);
      two.data.set([215, 60, 50], i + 4);
    }
    const [faint, strong] = eachPair({ vibrance: 0.6 }, two).map(
      ([before, after]) => after.chroma / before.chroma,
    );
    expect(faint).toBeGreaterThan(1.3);
    expect(strong).toBeLessThan(1.1);
  });

  test('tones tint shadows and highlights apart, and leave black and white', () => {
    const tint = (level: number, tones: Partial<typeof grade>) => {
      const [red = 0, , blue = 0] = gradeGrey(level, { ...tones, monochrome: true });
      return red - blue;
    };
    const split = { shadowTone: -1, highlightTone: 1 };
    expect(tint(45, split)).toBeLessThan(-8);
    expect(tint(200, split)).toBeGreaterThan(8);
    expect([tint(0, split), tint(255, split)]).toEqual([0, 0]);
    expect(tint(45, { highlightTone: 1 })).toBeLessThan(tint(200, { highlightTone: 1 }));
  });

  test('a grade of colours that changes none gives the same picture', () => {
    const out = finishBoth({ grade: { ...grade, saturation: 1e-9 } });
    expect(maxDifference(out, enhanced)).toBe(0);
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
