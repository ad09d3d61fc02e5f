import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEight } from '../../../../src/core/picture/depth';
import { toOklab } from '../../../../src/core/picture/oklab';
import {
  createRaster,
  depthOf,
  type Raster,
  type Raster8,
} from '../../../../src/core/picture/raster';
import type { Size } from '../../../../src/core/picture/rect';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { tintUnits, type Tint, type TintStroke } from '../../../../src/core/recipe/tint';
import { finishPart } from '../../../../src/core/run/finish-render';
import { createGuide } from '../../../../src/core/tint/guide';
import { fullness, spreadTint } from '../../../../src/core/tint/tint-map';
import { deepen, drawNoise } from '../pictures';

/** A picture of greys. */
function draw(size: Size, levelAt: (x: number, y: number) => number): Raster8 {
  const out = createRaster(size, false);
  for (let i = 0; i < size.width * size.height; i++) {
    const level = levelAt(i % size.width, Math.floor(i / size.width));
    out.data.set([level, level, level, 255], i * 4);
  }
  return out;
}

/** A stroke through places that are shares of the sides. */
function stroke(colour: string | null, ...places: readonly (readonly [number, number])[]) {
  const points = places.flat().map((share) => Math.round(share * tintUnits));
  return { colour, radius: 200, points };
}

function tintOf(...strokes: readonly TintStroke[]): Tint {
  return { v: 1, strokes };
}

/** A photo with a tint and nothing else, unless more is wished. */
function lay(
  photo: Raster,
  tint: Tint,
  wish: Partial<Finish> = {},
  result = photo,
): Promise<Raster> {
  const map = spreadTint(createGuide(photo), tint);
  const finish = { ...neutralFinish, ...wish, tint };
  const job = { original: photo, result, finish, tint: map };
  return finishPart(job, { x: 0, y: 0, width: result.width, height: result.height });
}

function labAt(raster: Raster, x: number, y: number) {
  const peak = depthOf(raster) === 16 ? 65535 : 255;
  const at = (y * raster.width + x) * 4;
  const value = (c: number) => raster.data[at + c]! / peak;
  return toOklab(value(0), value(1), value(2));
}

/** Hue in degrees, and chroma per fullness: what of a colour a stroke brings. */
function looks([lightness, a, b]: readonly [number, number, number]) {
  return {
    hue: (Math.atan2(b, a) * 180) / Math.PI,
    saturation: Math.hypot(a, b) / fullness(lightness),
  };
}

function ofColour(colour: string) {
  const byte = (at: number) => parseInt(colour.slice(at, at + 2), 16) / 255;
  return looks(toOklab(byte(1), byte(3), byte(5)));
}

const [red, blue] = ['#a06050', '#5070a0'];
const size = { width: 160, height: 120 };
const halves = draw(size, (x) => (x < 80 ? 110 : 160));
const both = tintOf(stroke(red, [0.2, 0.3], [0.3, 0.6]), stroke(blue, [0.8, 0.2], [0.7, 0.4]));

describe('two parts with a stroke each', () => {
  test('have its colour, as it was chosen, up to the edge', async () => {
    const out = await lay(halves, both);
    for (const [x, y, colour] of [
      ...[[32, 36, red] as const, [5, 115, red] as const, [78, 10, red] as const],
      ...[[128, 24, blue] as const, [155, 115, blue] as const, [81, 110, blue] as const],
    ]) {
      const seen = looks(labAt(out, x, y));
      const wanted = ofColour(colour);
      expect(Math.abs(seen.hue - wanted.hue), `hue at ${x}, ${y}`).toBeLessThan(3);
      expect(seen.saturation / wanted.saturation, `at ${x}, ${y}`).toBeGreaterThan(0.93);
      expect(seen.saturation / wanted.saturation, `at ${x}, ${y}`).toBeLessThan(1.07);
    }
  });

  test('have it in a result of twice the size, whose edge is finer than the grid', async () => {
    const large = draw({ width: 320, height: 240 }, (x) => (x < 160 ? 110 : 160));
    const out = await lay(halves, both, {}, large);
    expect(looks(labAt(out, 159, 100)).hue).toBeCloseTo(ofColour(red).hue, -1);
    expect(looks(labAt(out, 160, 100)).hue).toBeCloseTo(ofColour(blue).hue, -1);
  });

  test('have it whatever the strength', async () => {
    const full = await lay(halves, both);
    const none = await lay(halves, both, { strength: 0 });
    expect([...none.data]).toEqual([...full.data]);
  });

  test('have it in 16 bits as in 8', async () => {
    const deep = await lay(deepen(halves), both);
    expect(depthOf(deep)).toBe(16);
    const { data: flat } = await lay(halves, both);
    const { data: rounded } = toEight(deep);
    expect(Math.max(...flat.map((value, i) => Math.abs(value - rounded[i]!)))).toBeLessThan(2);
  });
});

test('one stroke leaves the other part as it was, byte for byte', async () => {
  const out = await lay(halves, tintOf(stroke(red, [0.2, 0.3], [0.3, 0.6])));
  const beyond = (raster: Raster) => raster.data.filter((_, i) => (i >> 2) % size.width > 82);
  expect([...beyond(out)]).toEqual([...beyond(halves)]);
  expect(looks(labAt(out, 60, 100)).saturation).toBeGreaterThan(0.8 * ofColour(red).saturation);
});

test('what is held without colour stays grey beside colour', async () => {
  const flat = draw(size, () => 140);
  const out = await lay(
    flat,
    tintOf(stroke(red, [0.2, 0.5]), stroke(null, [0.8, 0.1], [0.8, 0.9])),
  );
  expect(looks(labAt(out, 128, 60)).saturation).toBeLessThan(0.002);
  expect(looks(labAt(out, 32, 60)).saturation).toBeGreaterThan(0.95 * ofColour(red).saturation);
});

test('a stroke over another takes its place', async () => {
  const out = await lay(halves, tintOf(stroke(red, [0.2, 0.5]), stroke(blue, [0.2, 0.5])));
  expect(looks(labAt(out, 32, 60)).hue).toBeCloseTo(ofColour(blue).hue, 0);
});

test('an edge that is soft holds colours apart, and grain does not', async () => {
  const soft = draw(size, (x, y) => {
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    return 110 + 50 * Math.min(1, Math.max(0, (x - 76) / 8)) + grain;
  });
  const out = await lay(soft, both);
  // Of the 220 degrees between both.
  expect(Math.abs(looks(labAt(out, 70, 100)).hue - ofColour(red).hue)).toBeLessThan(20);
  expect(Math.abs(looks(labAt(out, 90, 100)).hue - ofColour(blue).hue)).toBeLessThan(20);
  expect(looks(labAt(out, 5, 115)).saturation).toBeGreaterThan(0.8 * ofColour(red).saturation);
});

test('lightness stays, in any photo under any strokes, and colours fit by their chroma alone', async () => {
  const strokes = fc.array(
    fc.record({
      colour: fc.constantFrom('#ff0000', '#0000ff', '#00ff00', '#e0ac8b', null),
      radius: fc.integer({ min: 1, max: 3000 }),
      points: fc.array(fc.integer({ min: 0, max: tintUnits }), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(strokes, fc.boolean(), async (all, isGrey) => {
      const noise = drawNoise(24, 18);
      const photo = deepen(isGrey ? draw(noise, (x, y) => noise.data[(y * 24 + x) * 4]!) : noise);
      const out = await lay(photo, tintOf(...all));
      for (let y = 0; y < 18; y++)
        for (let x = 0; x < 24; x++) {
          const [before, after] = [labAt(photo, x, y), labAt(out, x, y)];
          expect(Math.abs(before[0] - after[0])).toBeLessThan(2e-3);
        }
    }),
    { numRuns: 40 },
  );
});

test('black and white takes the photo’s own colours, and leaves painted ones', async () => {
  const photo = draw(size, () => 140);
  for (let i = 0; i < photo.data.length; i += 4) photo.data.set([150, 140, 110], i);
  const tint = tintOf(stroke(null, [0.2, 0.2]), stroke(blue, [0.9, 0.9]));
  const out = await lay(photo, tint, { grade: { ...neutralFinish.grade, monochrome: true } });
  expect(looks(labAt(out, 32, 24)).saturation).toBeLessThan(0.002);
  expect(looks(labAt(out, 144, 108)).hue).toBeCloseTo(ofColour(blue).hue, 0);
});

test('what is transparent stays so, and its colour does not count', async () => {
  const photo = { ...draw(size, (x) => (x < 80 ? 110 : 160)), hasAlpha: true };
  for (let i = 3; i < photo.data.length; i += 12) photo.data[i] = 0;
  const out = await lay(photo, both);
  expect(out.data.filter((_, i) => i % 4 === 3)).toEqual(photo.data.filter((_, i) => i % 4 === 3));
});

test.each([
  [1, 1],
  [1, 300],
  [300, 1],
  [65_000, 20],
  [20, 2000],
])('a picture of %d x %d is tinted too', async (width, height) => {
  const out = await lay(
    draw({ width, height }, () => 128),
    tintOf(stroke(red, [0.1, 0.1], [0.9, 0.9])),
  );
  const [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
  expect(looks(labAt(out, x, y)).hue).toBeCloseTo(ofColour(red).hue, -1);
});

test('the same strokes give the same colours again', async () => {
  const guide = createGuide(drawNoise(60, 40));
  expect(spreadTint(guide, both).values).toEqual(spreadTint(guide, both).values);
});
