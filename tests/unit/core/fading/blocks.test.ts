import { expect, test } from 'vitest';
import { takeMeans, withoutPaper } from '../../../../src/core/fading/blocks';
import { createRaster } from '../../../../src/core/picture/raster';

/** White paper, 8 pixels on every side but those that are left out, round a picture of stripes. */
function draw(width: number, height: number, { left = 8, top = 8 } = {}) {
  const raster = createRaster({ width, height }, false);
  raster.data.fill(255);
  for (let y = top; y < height - 8; y++)
    for (let x = left; x < width - 8; x++)
      raster.data.fill(
        ((x >> 2) + (y >> 2)) % 2 === 0 ? 0 : 200,
        (y * width + x) * 4,
        (y * width + x) * 4 + 3,
      );
  return raster;
}

test('means are of square blocks, 0..1, and what is left at the right and below does not count', () => {
  const raster = createRaster({ width: 5, height: 3 }, false);
  for (let i = 0; i < raster.data.length; i += 4) raster.data[i] = 10 * (i / 4);
  const { side, width, height, means } = takeMeans(raster, 3);
  expect([side, width, height]).toEqual([2, 2, 1]);
  // Of 0, 10, 50, 60 and of 20, 30, 70, 80.
  expect([...means[0]!].map((mean) => Math.round(255 * mean))).toEqual([30, 50]);
  expect([...means[1]!]).toEqual([0, 0]);
});

test('paper is left out where it is on all four sides', () => {
  expect(withoutPaper(takeMeans(draw(64, 48), 64))).toEqual({
    left: 8,
    top: 8,
    right: 56,
    bottom: 40,
  });
  const all = { left: 0, top: 0, right: 64, bottom: 48 };
  expect(withoutPaper(takeMeans(draw(64, 48, { left: 0 }), 64))).toEqual(all);
});
