import { expect, test } from 'vitest';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { toOklab } from '../../../../src/core/picture/oklab';
import { tintUnits } from '../../../../src/core/recipe/tint';
import { mostProposals, proposeStrokes } from '../../../../src/core/tint/propose';
import { readColours, seeLightness } from '../../../../src/core/tint/seen-colours';

const size = { width: 96, height: 64 };

/** What a network says: a colour of Oklab and how far it may be off. */
type Said = { readonly a: number; readonly b: number; readonly spread: number };

const unknown: Said = { a: 0.01, b: 0.01, spread: 0.2 };
const blue: Said = { a: -0.03, b: -0.09, spread: 0.02 };
const green: Said = { a: -0.06, b: 0.08, spread: 0.02 };

/** A grey picture, the network's planes for it, and what is read of them. */
function see(say: (x: number, y: number) => Said) {
  const photo = createRaster(size, false);
  photo.data.fill(160);
  const planes = createRaster(size, false);
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i += 4) {
      const { a, b, spread } = say(x, y);
      const third = Math.log(spread / 0.005) / Math.log(0.3 / 0.005);
      const levels = [0.5 + a / 0.64, 0.5 + b / 0.64, third, 1];
      for (const [at, level] of levels.entries()) planes.data[i + at] = Math.round(255 * level);
    }
  return readColours(seeLightness(photo), planes);
}

const strokesOf = (say: (x: number, y: number) => Said) => proposeStrokes(see(say));

test('where it is not sure nothing is proposed, nor where all is grey', () => {
  expect(strokesOf(() => unknown)).toEqual([]);
  expect(strokesOf(() => ({ a: 0.005, b: 0, spread: 0.005 }))).toEqual([]);
});

test('an area of one colour gets a stroke of it, inside, away from its border', () => {
  const strokes = strokesOf((_, y) => (y < 24 ? blue : unknown));
  expect(strokes.length).toBeGreaterThan(0);
  for (const { colour, points, radius } of strokes) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour!.slice(at, at + 2), 16) / 255);
    const [, a, b] = toOklab(red!, green!, blue!);
    expect(Math.hypot(a + 0.03, b + 0.09)).toBeLessThan(0.01);
    const rows = points.filter((_, i) => i % 2 === 1).map((each) => (each / tintUnits) * 64);
    const reach = (radius / tintUnits) * 96;
    expect(Math.min(...rows) - reach).toBeGreaterThanOrEqual(0);
    expect(Math.max(...rows) + reach).toBeLessThanOrEqual(24);
  }
});

test('two colours are not one area; the surer and larger comes first', () => {
  const strokes = strokesOf((x, y) => (y < 40 ? blue : x < 30 ? green : unknown));
  const hues = strokes.map(({ colour }) =>
    parseInt(colour!.slice(5), 16) > 150 ? 'blue' : 'green',
  );
  expect(hues[0]).toBe('blue');
  expect(hues).toContain('green');
});

test('specks get none, and a checkerboard of certainty no more than a person can look at', () => {
  expect(strokesOf((x, y) => (x % 16 < 3 && y % 16 < 3 ? blue : unknown))).toEqual([]);
  const many = strokesOf((x, y) => (x % 12 < 10 && y % 12 < 10 ? blue : unknown));
  expect(many).toHaveLength(mostProposals);
});

test('the network sees lightness, how far out and how far down, of any photo, in one size', () => {
  const photo: Raster = createRaster({ width: 512, height: 300 }, true, 16);
  for (let i = 0; i < photo.data.length; i += 4) {
    photo.data.set([65535, 0, 0, i % 8 ? 0 : 65535], i);
  }
  const seen = seeLightness(photo);
  expect([seen.width, seen.height, seen.hasAlpha]).toEqual([256, 150, false]);
  const [grey, out, down] = seen.data;
  expect(grey).toBeGreaterThan(125);
  expect(grey).toBeLessThan(150);
  expect([out, down]).toEqual([254, 1]);
  expect([...seen.data.subarray(-4, -1)]).toEqual([grey, 254, 254]);
  const small = seeLightness(createRaster({ width: 1, height: 1 }, false));
  expect([small.width, small.height]).toEqual([1, 1]);
  expect(proposeStrokes(readColours(small, small))).toEqual([]);
});
