import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceOf, toneGains, toneRaster, type LightOf } from '../../../../src/core/frame/tone';
import { lightTable } from '../../../../src/core/picture/light';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import {
  mostBrightness,
  neutralTone,
  toneNames,
  type Tone,
} from '../../../../src/core/recipe/tone';
import { deepen, drawDeepNoise, drawNoise } from '../pictures';

const rest = async () => undefined;
const set = (raster: Raster, changes: Partial<Tone>) =>
  toneRaster<Raster['data']>(raster, { ...neutralTone, ...changes }, rest);

/** Every gray of a depth, in a line. */
function grays(depth: 8 | 16) {
  const count = 2 ** depth;
  const raster: Raster = createRaster({ width: count, height: 1 }, false, depth);
  for (let i = 0; i < count; i++) raster.data.set([i, i, i, count - 1], i * 4);
  return raster;
}

const anyTone = fc.record({
  brightness: fc.double({ min: -mostBrightness, max: mostBrightness, noNaN: true }),
  temperature: fc.double({ min: -1, max: 1, noNaN: true }),
  tint: fc.double({ min: -1, max: 1, noNaN: true }),
  shadows: fc.double({ min: -1, max: 1, noNaN: true }),
  highlights: fc.double({ min: -1, max: 1, noNaN: true }),
});

/** The tone of a pixel as it is written at `toneRaster`, without any table. */
function expected(pixel: readonly number[], tone: Tone, peak: number): number[] {
  const light = (level: number) => {
    const value = level / peak;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const gains = toneGains(tone);
  const toned = [0, 1, 2].map((c) => light(pixel[c]!) * gains[c]!);
  const y = Math.min(1, 0.2126 * toned[0]! + 0.7152 * toned[1]! + 0.0722 * toned[2]!);
  const x = Math.cbrt(y);
  const moved =
    0.1 * (256 / 27) * (tone.shadows * x * (1 - x) ** 3 + tone.highlights * x ** 3 * (1 - x));
  const factor = x === 0 ? 1 : ((x + moved) / x) ** 3;
  return toned.map((value) => {
    const lit = Math.min(1, Math.max(0, value * factor));
    return peak * (lit <= 0.0031308 ? lit * 12.92 : 1.055 * lit ** (1 / 2.4) - 0.055);
  });
}

describe('a tone', () => {
  test('of nothing changes no level of any depth', async () => {
    for (const raster of [drawNoise(30, 20, true), drawDeepNoise(30, 20, true)])
      expect((await set(raster, {})).data).toEqual(raster.data);
  });

  test('is what its formulas say, to 1/255 of 8 bits and 1/4095 of 16; alpha stays', async () => {
    const deep = drawDeepNoise(16, 16, true);
    const plain = drawNoise(16, 16, true);
    await fc.assert(
      fc.asyncProperty(anyTone, fc.boolean(), async (tone, isDeep) => {
        const raster: Raster = isDeep ? deep : plain;
        const peak = isDeep ? 65535 : 255;
        const { data } = await set(raster, tone);
        const most = isDeep ? 65535 / 4095 : 1;
        for (let i = 0; i < data.length; i += 4) {
          const wanted = expected([...raster.data.subarray(i, i + 4)], tone, peak);
          for (let c = 0; c < 3; c++)
            expect(Math.abs(data[i + c]! - wanted[c]!)).toBeLessThanOrEqual(most);
          expect(data[i + 3]).toBe(raster.data[i + 3]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of a negative is the positive between its ends, and then what it is of any photo', async () => {
    const film = { base: [0.9, 0.6, 0.4], dense: [0.2, 0.1, 0.05], gamma: 1.5 } as const;
    const raster = drawDeepNoise(16, 16, true);
    const { data } = await set(raster, { negative: film, temperature: 0.3, highlights: -0.5 });
    for (let i = 0; i < data.length; i += 4) {
      const positive = film.base.map((base, c) => {
        const share = (base - raster.data[i + c]! / 65535) / (base - film.dense[c]!);
        return 65535 * Math.min(1, Math.max(0, share)) ** film.gamma;
      });
      const wanted = expected(
        positive,
        { ...neutralTone, temperature: 0.3, highlights: -0.5 },
        65535,
      );
      for (let c = 0; c < 3; c++)
        expect(Math.abs(data[i + c]! - wanted[c]!)).toBeLessThanOrEqual(65535 / 4095);
      expect(data[i + 3]).toBe(raster.data[i + 3]);
    }
  });

  test('of a stop doubles light, and a white balance keeps the luminance of gray', async () => {
    const light = lightTable(16);
    const { data } = await set(grays(16), { brightness: 1 });
    for (const level of [100, 3000, 20000]) {
      const ratio = light[data[level * 4]!]! / light[level]!;
      expect(ratio).toBeCloseTo(2, 1);
    }
    const [red, green, blue] = toneGains({ ...neutralTone, temperature: 0.7, tint: -0.4 });
    expect(0.2126 * red + 0.7152 * green + 0.0722 * blue).toBeCloseTo(1, 9);
    expect(red).toBeGreaterThan(blue);
  });

  test('never lets a darker gray overtake a brighter one, and keeps black and white', async () => {
    const ends = [-1, 0, 1].flatMap((shadows) =>
      [-1, 0, 1].map((highlights) => [shadows, highlights]),
    );
    for (const [shadows = 0, highlights = 0] of ends) {
      const { data } = await set(grays(16), { shadows, highlights });
      const levels = data.filter((_, i) => i % 4 === 1);
      expect(levels.every((level, i) => i === 0 || level >= levels[i - 1]!)).toBe(true);
      expect([levels[0], levels.at(-1)]).toEqual([0, 65535]);
    }
  });

  test('moves shadows and highlights where they are', async () => {
    const levels = async (changes: Partial<Tone>) => (await set(grays(8), changes)).data;
    const [lifted, lowered] = [await levels({ shadows: 1 }), await levels({ highlights: -1 })];
    expect(lifted[40 * 4]! - 40).toBeGreaterThan(15);
    expect(lifted[230 * 4]! - 230).toBeLessThan(3);
    expect(230 - lowered[230 * 4]!).toBeGreaterThan(6);
    expect(40 - lowered[40 * 4]!).toBeLessThan(5);
  });

  test('of a photo in 16 bits is that of 8, to rounding', async () => {
    const plain = drawNoise(20, 20);
    const tone = { brightness: 0.4, temperature: -0.3, tint: 0.2, shadows: 0.5, highlights: -0.6 };
    const [eight, sixteen] = [await set(plain, tone), await set(deepen(plain), tone)];
    for (let i = 0; i < eight.data.length; i++)
      expect(Math.abs(eight.data[i]! - sixteen.data[i]! / 257)).toBeLessThanOrEqual(0.51);
  });
});

describe('a white balance', () => {
  test('makes gray what it was picked from', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.99, max: 0.99, noNaN: true }),
        fc.double({ min: -0.99, max: 0.99, noNaN: true }),
        (temperature, tint) => {
          const gains = toneGains({ ...neutralTone, temperature, tint });
          // What these gains make gray.
          const colour = gains.map((gain) => 0.3 / gain) as unknown as LightOf;
          const found = balanceOf(colour);
          expect(found.temperature).toBeCloseTo(temperature, 9);
          expect(found.tint).toBeCloseTo(tint, 9);
        },
      ),
    );
    expect(balanceOf([1, 0.01, 0.01])).toEqual({ temperature: -1, tint: -1 });
    expect(toneNames).toHaveLength(5);
  });
});
