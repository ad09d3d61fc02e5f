import { expect, test } from 'vitest';
import { cropRaster, type Raster } from '../../../../src/core/picture/raster';
import { runRegion } from '../../../../src/core/run/region';
import { drawNoise, maxDifference } from '../pictures';

const input = drawNoise(30, 20, true);
const box = { x: 5, y: 4, width: 10, height: 8 };
const read = { x: 3, y: 2, width: 14, height: 12 };

/** A picture of one gray, and what it was made from. */
function paint(part: Raster): Promise<Raster> {
  expect(maxDifference(part, cropRaster(input, read))).toBe(0);
  const out = cropRaster(part, { x: 0, y: 0, width: part.width, height: part.height });
  return Promise.resolve({ ...out, data: out.data.fill(255) });
}

test('what is done in a box is mixed into it, and the rest stays as it is', async () => {
  const before = input.data.slice();
  const whole = await runRegion({ input, box, read, amount: 1 }, paint);
  const half = await runRegion({ input, box, read, amount: 0.5 }, paint);
  for (let y = 0; y < input.height; y++)
    for (let x = 0; x < input.width; x++) {
      const at = (y * input.width + x) * 4;
      const isInside = x >= 5 && x < 15 && y >= 4 && y < 12;
      const old = before[at + 3]!;
      expect(whole.data[at + 3]).toBe(isInside ? 255 : old);
      const mean = isInside ? (old + 255) / 2 : old;
      expect(Math.abs(half.data[at + 3]! - mean)).toBeLessThanOrEqual(0.5);
    }
  expect(input.data).toEqual(before);
});

test('ends with what the work rejects with', async () => {
  const reason = new Error('enough');
  const work = () => Promise.reject(reason);
  await expect(runRegion({ input, box, read, amount: 1 }, work)).rejects.toBe(reason);
});
