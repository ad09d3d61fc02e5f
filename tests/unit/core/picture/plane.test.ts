import { expect, test } from 'vitest';
import { readBetween } from '../../../../src/core/picture/plane';

const slope = {
  width: 4,
  height: 3,
  values: Float32Array.from({ length: 12 }, (_, i) => 10 * (i % 4) + 3 * Math.floor(i / 4)),
};

test('between its values a plane is read linearly, and beyond its edge as at it', () => {
  expect(readBetween(slope, 1, 2)).toBe(16);
  expect(readBetween(slope, 1.25, 0.5)).toBeCloseTo(14, 5);
  expect(readBetween(slope, 3, 2)).toBe(36);
  expect(readBetween(slope, -2, 0.5)).toBeCloseTo(1.5, 5);
  expect(readBetween(slope, 9, 9)).toBe(36);
  expect(readBetween({ width: 1, height: 1, values: Float32Array.of(7) }, 0.4, -3)).toBe(7);
});

test('beside a value that is none there is none', () => {
  const values = slope.values.slice();
  values[5] = NaN;
  expect(readBetween({ ...slope, values }, 1.5, 0.5)).toBeNaN();
  expect(readBetween({ ...slope, values }, 2.5, 0.5)).not.toBeNaN();
});
