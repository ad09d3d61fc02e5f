import { expect, test } from 'vitest';
import { lumaPyramid } from '../../../../src/core/film/luma-pyramid';
import { createRaster } from '../../../../src/core/picture/raster';

test("the finest level has the frame's own pixels where there is room, each next one half of the sides", () => {
  const raster = createRaster({ width: 101, height: 60 }, false);
  raster.data.fill(200);
  const { levels, factor } = lumaPyramid(raster, 101 * 60);
  expect(factor).toBe(1);
  expect(levels.map(({ width, height }) => [width, height])).toEqual([
    [101, 60],
    [50, 30],
    [25, 15],
  ]);
  for (const { values } of levels) for (const value of values) expect(value).toBeCloseTo(200, 3);
});

test('a large frame is reduced by means of whole blocks, 16 bits to the same levels', () => {
  const raster = createRaster({ width: 9, height: 6 }, false, 16);
  raster.data.forEach((_, i) => (raster.data[i] = 257 * (i < 9 * 4 * 2 ? 0 : 100)));
  const { levels, factor } = lumaPyramid(raster, 6);
  expect(factor).toBe(3);
  expect([levels[0]!.width, levels[0]!.height]).toEqual([3, 2]);
  expect(levels[0]!.values[0]).toBeCloseTo(100 / 3, 3);
  expect(levels[0]!.values[3]).toBeCloseTo(100, 3);
});
