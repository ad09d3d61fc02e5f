import { expect, test } from 'vitest';
import { isTelling } from '../../../../src/core/findings/telling-picture';

const picture = (levelOf: (i: number) => number) =>
  Uint8ClampedArray.from({ length: 64 * 4 }, (_, i) => (i % 4 === 3 ? 255 : levelOf(i >> 2)));

test('a picture that shows something tells; black, gray with noise, and none do not', () => {
  expect(isTelling(picture((i) => (i % 8) * 30))).toBe(true);
  expect(isTelling(picture(() => 0))).toBe(false);
  expect(isTelling(picture((i) => 128 + (i % 5)))).toBe(false);
  expect(isTelling(new Uint8ClampedArray())).toBe(false);
});
