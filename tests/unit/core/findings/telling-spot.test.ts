import { expect, test } from 'vitest';
import { findTellingSpot } from '../../../../src/core/findings/telling-spot';

const [width, height] = [60, 40];

/** A gray picture; `paint` gives each pixel's level. */
function draw(paint: (x: number, y: number) => number) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    data.fill(paint(i % width, Math.floor(i / width)), i * 4, i * 4 + 3);
  return { width, height, data };
}

test('the spot is where there is texture', () => {
  const isTexture = (x: number, y: number) => x >= 40 && x < 50 && y >= 8 && y < 18;
  const picture = draw((x, y) => (isTexture(x, y) && (x + y) % 2 ? 140 : 120));
  const { x, y } = findTellingSpot(picture, { width: 10, height: 10 });
  expect(Math.abs(x - 40)).toBeLessThanOrEqual(1);
  expect(Math.abs(y - 8)).toBeLessThanOrEqual(1);
});

test('much texture tells more than one hard edge', () => {
  const picture = draw((x, y) => (x < 30 ? (x === 15 ? 0 : 255) : (x + y) % 2 ? 150 : 126));
  expect(findTellingSpot(picture, { width: 12, height: 12 }).x).toBeGreaterThanOrEqual(29);
});

test('of what is the same everywhere, the middle is shown', () => {
  const flat = draw(() => 90);
  expect(findTellingSpot(flat, { width: 10, height: 10 })).toEqual({ x: 25, y: 15 });
  const even = draw((x, y) => ((x + y) % 2 ? 140 : 120));
  expect(findTellingSpot(even, { width: 10, height: 10 })).toEqual({ x: 25, y: 15 });
});

test('a window as large as the picture has one place', () => {
  expect(
    findTellingSpot(
      draw(() => 0),
      { width, height },
    ),
  ).toEqual({ x: 0, y: 0 });
});
