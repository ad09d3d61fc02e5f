import { expect, test } from 'vitest';
import { rank, readCoarsely, sortValues } from '../../../../src/core/findings/coarse';
import { createRaster } from '../../../../src/core/picture/raster';
import { deepen, drawNoise } from '../pictures';

test('a cell is the mean of its part of the picture, at either depth, and grain is gone', () => {
  const picture = createRaster({ width: 480, height: 480 }, false);
  for (let i = 0; i < 480 * 480; i++) {
    const [x, y] = [i % 480, Math.floor(i / 480)];
    const grain = (x + y) % 2 === 0 ? 20 : -20;
    picture.data.set([x < 240 ? 51 : 204, y < 240 ? 51 : 204, 102 + grain, 255], i * 4);
  }
  for (const raster of [picture, deepen(picture)]) {
    const cells = readCoarsely(raster);
    expect(cells).toHaveLength(48 * 48);
    for (const [i, [red, green, blue]] of cells.entries()) {
      expect(red).toBeCloseTo(i % 48 < 24 ? 0.2 : 0.8, 6);
      expect(green).toBeCloseTo(i < 24 * 48 ? 0.2 : 0.8, 6);
      expect(Math.abs(blue - 0.4)).toBeLessThan(0.06);
    }
  }
});

test('a picture of one pixel is that in every cell', () => {
  const one = drawNoise(1, 1, false);
  const cells = readCoarsely(one);
  for (const cell of cells)
    for (let c = 0; c < 3; c++) expect(cell[c]).toBeCloseTo(one.data[c]! / 255, 6);
});

test('a rank is one of the values, the ends included', () => {
  const sorted = sortValues([5, 1, 4, 2, 3]);
  expect([0, 0.5, 1].map((share) => rank(sorted, share))).toEqual([1, 3, 5]);
});
