import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findChange } from '../../../../src/core/findings/changed-spot';
import { createRaster } from '../../../../src/core/picture/raster';

const size = { width: 40, height: 30 };
const window = { width: 8, height: 8 };

/** Gray, with a square of another gray in it. */
function draw(square: number, x = 0, y = 0) {
  const picture = createRaster(size, false);
  picture.data.fill(120);
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++) {
      const i = ((y + row) * size.width + x + column) * 4;
      picture.data.fill(square, i, i + 3);
    }
  return picture;
}

test('the place of the largest change holds it, wherever it is', () => {
  const place = fc.record({
    x: fc.integer({ min: 0, max: 36 }),
    y: fc.integer({ min: 0, max: 26 }),
    gray: fc.constantFrom(60, 180),
  });
  fc.assert(
    fc.property(place, ({ x, y, gray }) => {
      const found = findChange(draw(120), draw(gray, x, y), window);
      expect(found.x).toBeLessThanOrEqual(x);
      expect(found.x + window.width).toBeGreaterThanOrEqual(x + 4);
      expect(found.y).toBeLessThanOrEqual(y);
      expect(found.y + window.height).toBeGreaterThanOrEqual(y + 4);
      expect(found.share).toBe(16 / 1200);
    }),
  );
});

test('what nobody sees is no change', () => {
  expect(findChange(draw(120), draw(122), window)).toEqual({ x: 16, y: 11, share: 0 });
});
