import { expect, test } from 'vitest';
import { depthOf } from '../../../../src/core/picture/raster';
import { gatherRows, readBands, rowsOf } from '../../../../src/core/picture/rows';
import { deepen, drawNoise, maxDifference } from '../pictures';

/** Wide, so that a picture of few rows has several bands. */
const wide = drawNoise(40_000, 120, true);

test('bands add up to the picture, in both depths', async () => {
  for (const picture of [wide, deepen(wide)]) {
    const back = await gatherRows(rowsOf(picture));
    expect(depthOf(back)).toBe(depthOf(picture));
    expect(maxDifference(back, picture)).toBe(0);
    expect(back.hasAlpha).toBe(true);
  }
});

test('no more than two bands are held, however large the picture', async () => {
  let [held, most, bands] = [0, 0, 0];
  const source = rowsOf(wide);
  const read = (y: number, height: number) => {
    most = Math.max(most, ++held);
    return source.read(y, height);
  };
  for await (const { band } of readBands({ ...source, read })) {
    expect(band.data.byteLength).toBeLessThanOrEqual(2 ** 23);
    // Time for whatever would be asked for ahead.
    await new Promise((resolve) => setTimeout(resolve));
    held--;
    bands++;
  }
  expect(bands).toBeGreaterThan(2);
  expect(most).toBe(2);
});

test('bands have a multiple of so many rows where that is asked for, but for the last', async () => {
  const heights: number[] = [];
  for await (const { y, band } of readBands(rowsOf(drawNoise(50_000, 70)), 16)) {
    expect(y % 16).toBe(0);
    heights.push(band.height);
  }
  expect(heights).toEqual([32, 32, 6]);
});

test('what the source fails with ends it, once', async () => {
  const fault = new Error('gone');
  const read = (y: number, height: number) => {
    if (y > 0) throw fault;
    return rowsOf(wide).read(y, height);
  };
  await expect(gatherRows({ ...rowsOf(wide), read })).rejects.toBe(fault);
});
