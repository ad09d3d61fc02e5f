import { expect, test } from 'vitest';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { lumaOf } from '../../../../src/core/picture/luma';
import { resample } from '../../../../src/core/picture/resample';
import { measureDrift } from '../../../../src/core/run/colour-drift';
import { drawNoise } from '../pictures';

/** A picture of one colour. */
function fill(width: number, height: number, rgba: readonly number[]): Raster {
  const out = createRaster({ width, height }, rgba[3] !== 255);
  for (let i = 0; i < out.data.length; i += 4) out.data.set(rgba, i);
  return out;
}

test('it is the difference of colour at equal luma, in cells of 32 pixels of the result', async () => {
  const { width, height, values } = await measureDrift(
    fill(50, 40, [120, 90, 60, 255]),
    fill(100, 80, [100, 100, 100, 255]),
  );
  expect([width, height, values.length]).toEqual([4, 3, 48]);
  const luma = lumaOf(120, 90, 60);
  for (let i = 0; i < values.length; i += 4)
    for (const [c, value] of [120, 90, 60].entries())
      expect(values[i + c]! * 255).toBeCloseTo(value - luma, 4);
});

test('a plain enlargement has hardly any, whatever is in it', async () => {
  for (const scale of [1, 2, 4]) {
    const photo = drawNoise(45, 37);
    const size = { width: 45 * scale, height: 37 * scale };
    const { values } = await measureDrift(photo, resample(photo, size));
    // Cells are cut where the enlargement's taps reach over their edges.
    for (const value of values) expect(Math.abs(value)).toBeLessThan(scale === 1 ? 1e-6 : 0.03);
  }
});

test('only what can be seen counts, and nothing seen is no drift', async () => {
  const hidden = fill(32, 32, [255, 0, 0, 0]);
  const grey = fill(32, 32, [100, 100, 100, 255]);
  expect([...(await measureDrift(hidden, grey)).values]).toEqual([0, 0, 0, 0]);
  hidden.data.set([0, 0, 255, 255]);
  expect((await measureDrift(hidden, grey)).values[2]).toBeGreaterThan(0.8);
});
