import { expect, test } from 'vitest';
import { createSample } from '../../../../src/core/film/colour-sample';
import { createRaster } from '../../../../src/core/picture/raster';

test('a pixel is read as it is, a straight slope between pixels as a line does, and beyond an edge its own', () => {
  const raster = createRaster({ width: 8, height: 6 }, true);
  for (let i = 0; i < 48; i++)
    raster.data.set([10 * (i % 8), 20 * Math.floor(i / 8), 7, 100 + (i % 8)], i * 4);
  const sample = createSample();
  sample.read(raster, 3, 2);
  expect([...sample.colour]).toEqual([30, 40, 7, 103]);
  sample.read(raster, 3.25, 2.5);
  expect([...sample.colour].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([32.5, 50, 7, 103.25]);
  sample.read(raster, -20, 90);
  expect([...sample.colour]).toEqual([0, 100, 7, 100]);
});
