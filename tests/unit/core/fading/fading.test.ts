import { expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import { suggest } from '../../../../src/core/findings/suggest';
import { findFading, type Fading, type Levels } from '../../../../src/core/fading/find';
import { undoFading } from '../../../../src/core/fading/undo';
import { createRaster, type Raster, type Raster8 } from '../../../../src/core/picture/raster';
import { deepen, maxDifference } from '../pictures';

const black: Levels = [0.22, 0.18, 0.16];
const white: Levels = [0.92, 0.86, 0.68];
const whole = { cast: 1, contrast: 1, even: 0 };
const of = (fading: Fading) => ({ fading, uneven: null });

/** Soft waves of every colour from black to white, as their dyes have faded. */
function draw(
  width = 300,
  height = 200,
  low: Levels = [0, 0, 0],
  high: Levels = [1, 1, 1],
): Raster8 {
  const raster = createRaster({ width, height }, false);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      for (let c = 0; c < 3; c++) {
        const wave = Math.sin(x / (6 + c) + c) * Math.cos(y / (8 - c));
        const value = Math.min(1, Math.max(0, 0.5 + 0.6 * wave));
        raster.data[at + c] = Math.round(255 * (low[c]! + (high[c]! - low[c]!) * value));
      }
      raster.data[at + 3] = 255;
    }
  return raster;
}

test('what black and white of each channel have become is found, and undone', () => {
  const fresh = draw();
  const faded = draw(300, 200, black, white);
  const found = findFading(faded);
  found.black.forEach((value, c) => expect(value).toBeCloseTo(black[c]!, 2));
  found.white.forEach((value, c) => expect(value).toBeCloseTo(white[c]!, 2));
  expect([found.isFaded, findFading(fresh).isFaded]).toEqual([true, false]);
  // Black and white of a print are not those of numbers.
  expect(maxDifference(undoFading(faded, of(found), whole), fresh)).toBeLessThan(0.05 * 255);
  expect(maxDifference(faded, fresh)).toBeGreaterThan(50);
});

test('its paper does not count, where it is on all four sides', () => {
  const page = draw(360, 260, [1, 0.98, 0.9], [1, 0.98, 0.9]);
  const print = draw(300, 200, black, white);
  for (let y = 0; y < 200; y++)
    page.data.set(print.data.subarray(y * 1200, (y + 1) * 1200), ((y + 30) * 360 + 30) * 4);
  const found = findFading(page);
  found.white.forEach((value, c) => expect(value).toBeCloseTo(white[c]!, 1));
});

test('a photo without any, fog without a cast, and an evening with true blacks are not taken for it', () => {
  const isFaded = (low: Levels, high: Levels) => findFading(draw(300, 200, low, high)).isFaded;
  expect(isFaded([0, 0, 0], [1, 1, 1])).toBe(false);
  expect(isFaded([0.3, 0.3, 0.3], [0.9, 0.9, 0.9])).toBe(false);
  expect(isFaded([0, 0, 0], [1, 0.8, 0.5])).toBe(false);
  expect(findFading(draw(5, 3, black, white)).isFaded).toBe(false);
});

test('each amount undoes its own part: none, the colour, the contrast', () => {
  const faded = draw(300, 200, black, white);
  const found = findFading(faded);
  expect(
    maxDifference(undoFading(faded, of(found), { ...whole, cast: 0, contrast: 0 }), faded),
  ).toBe(0);
  const neutral = findFading(undoFading(faded, of(found), { ...whole, contrast: 0 }));
  for (const levels of [neutral.black, neutral.white])
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(0.01);
  expect(neutral.white[0] - neutral.black[0]).toBeLessThan(0.7);
  const deep = findFading(undoFading(faded, of(found), { ...whole, cast: 0 }));
  expect(deep.white[0] - deep.black[0]).toBeGreaterThan(0.9);
  expect(deep.white[0] - deep.white[2]).toBeGreaterThan(0.1);
});

test('gray stays gray, and 16 bits are as 8', () => {
  const gray = draw(300, 200, black, white);
  for (let i = 0; i < gray.data.length; i += 4) gray.data.fill(gray.data[i]!, i, i + 3);
  const undone = undoFading(gray, of(findFading(gray)), whole);
  for (let i = 0; i < undone.data.length; i += 4)
    if (undone.data[i] !== undone.data[i + 1] || undone.data[i] !== undone.data[i + 2])
      throw new Error(`pixel ${i / 4} has a colour`);
  const faded = draw(300, 200, black, white);
  const deep = deepen(faded);
  const [a, b] = [faded, deep].map((raster) => undoFading(raster, of(findFading(raster)), whole));
  for (let i = 0; i < a!.data.length; i += 997)
    expect(Math.abs(a!.data[i]! - b!.data[i]! / 257)).toBeLessThanOrEqual(1);
});

test('it is suggested with the photo that shows it', () => {
  const of = (raster: Raster) => suggest(analyse(raster, null), 2).recipe.steps;
  expect(of(draw(300, 200, black, white))).toContainEqual({
    ...{ task: 'colours', cast: 100, contrast: 100, even: 0 },
  });
  expect(of(draw()).map(({ task }) => task)).not.toContain('colours');
});
