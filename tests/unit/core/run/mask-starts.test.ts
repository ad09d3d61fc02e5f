import { expect, test } from 'vitest';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { findMaskStart, type MaskStart } from '../../../../src/core/run/mask-starts';
import { seedRandom } from '../scenes';

const photo = { width: 240, height: 160 };
const grid = { width: 120, height: 80 };

type Colour = readonly [red: number, green: number, blue: number];

function draw(at: (x: number, y: number) => Colour): Raster8 {
  const out = createRaster(photo, false);
  for (let y = 0; y < photo.height; y++)
    for (let x = 0; x < photo.width; x++)
      out.data.set([...at(x, y), 255], (y * photo.width + x) * 4);
  return out;
}

const grey = (level: number): Colour => [level, level, level];
const random = seedRandom(3);
const noise = Array.from({ length: photo.width * photo.height }, () => random());

/** The left half is one thing, the right another. */
function halves(left: (x: number, y: number) => Colour, right: typeof left): Raster8 {
  return draw((x, y) => (x < photo.width / 2 ? left(x, y) : right(x, y)));
}

/** The means of what is found well inside each half, 0..1. */
function find(start: MaskStart, picture: Raster8): readonly [left: number, right: number] {
  const values = findMaskStart(start, picture, grid);
  const mean = (from: number, to: number) => {
    let sum = 0;
    for (let y = 10; y < 70; y++)
      for (let x = from; x < to; x++) sum += values[y * grid.width + x]! / 255;
    return sum / 60 / (to - from);
  };
  return [mean(10, 50), mean(70, 110)];
}

const flat = () => grey(150);
const rough = (x: number, y: number) => grey(90 + 90 * noise[y * photo.width + x]!);
/** Letters: dark strokes of two pixels on white, in lines. */
const letters = (x: number, y: number) =>
  grey(y % 14 < 9 && (x % 6 < 2 || (y % 14 < 2 && x % 18 < 12)) ? 20 : 245);

test.each([
  ['smooth', flat, rough],
  ['edges', (x: number, y: number) => grey((x >> 4) % 2 === (y >> 4) % 2 ? 40 : 210), flat],
  ['text', letters, flat],
  ['text', letters, (x: number) => grey(120 + 60 * Math.sin(x / 9))],
  ['skin', (): Colour => [200, 150, 125], (): Colour => [90, 140, 200]],
  ['skin', (): Colour => [95, 62, 48], (): Colour => [70, 120, 60]],
  ['shadows', () => grey(25), () => grey(170)],
] as const)('%s: is found where it is, and not elsewhere', (start, left, right) => {
  const [there, elsewhere] = find(start, halves(left, right));
  expect(there).toBeGreaterThan(start === 'edges' ? 0.3 : 0.7);
  expect(elsewhere).toBeLessThan(0.1);
});

test('its borders are soft, on a grid of any size', () => {
  const picture = halves(() => grey(20), flat);
  const values = findMaskStart('shadows', picture, { width: 480, height: 3 });
  const row = [...values.subarray(480, 960)];
  expect(row.filter((value) => value > 20 && value < 235).length).toBeGreaterThan(4);
  expect(row.every((value, i) => i === 0 || value <= row[i - 1]!)).toBe(true);
});
