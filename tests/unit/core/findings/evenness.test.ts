import { expect, test } from 'vitest';
import { measureCells } from '../../../../src/core/findings/cells';
import { measureEvenness } from '../../../../src/core/findings/evenness';
import { sampleWindows } from '../../../../src/core/findings/sample';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { paint } from '../harmless/paint';
import { addNoise } from '../scenes';

const plain = paint(128, 128, () => [120, 120, 120]);
const evennessOf = (picture: Raster8) =>
  measureEvenness(measureCells(sampleWindows(picture), { x: 0, y: 0 }));

test('noise of any strength is even', () => {
  for (const sigma of [3, 12, 30]) expect(evennessOf(addNoise(plain, sigma))).toBeCloseTo(1, 1);
});

test('a few lines on plain ground are not, and one colour has none', () => {
  const lines = paint(128, 128, (x, y) =>
    Math.floor(x + y) % 9 === 0 ? [0, 0, 0] : [120, 120, 120],
  );
  expect(evennessOf(lines)).toBeLessThan(0.2);
  expect(evennessOf(plain)).toBe(0);
});
