import { expect, test } from 'vitest';
import { meanAround } from '../../../../src/core/film/mean-around';

test('each pixel is the mean of its square, at an edge of the part inside', () => {
  const values = Float32Array.from({ length: 12 }, (_, i) => i);
  const means = meanAround({ width: 4, height: 3, values }, 1);
  expect(means[5]).toBeCloseTo(5, 5);
  expect(means[0]).toBeCloseTo((0 + 1 + 4 + 5) / 4, 5);
  expect(means[11]).toBeCloseTo((6 + 7 + 10 + 11) / 4, 5);
});
