/** Numbers of 16 bits. */
import { expect, test } from 'vitest';
import { fromHalf, toHalf } from '../../../src/core/half';

test('each number of 16 bits is itself', () => {
  const all = Array.from({ length: 65536 }, (_, bits) => bits);
  // Of those that are no number only one comes back.
  const wrong = all.filter((bits) => {
    const value = fromHalf(bits);
    return Number.isNaN(value) ? !Number.isNaN(fromHalf(toHalf(value))) : toHalf(value) !== bits;
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['nearer to the lower', 1 + 0.4 / 1024, 1],
  ['nearer to the upper', 1 + 0.6 / 1024, 1 + 1 / 1024],
  ['in the middle, the even one', 1 + 0.5 / 1024, 1],
  ['in the middle, the even one above', 1 + 1.5 / 1024, 1 + 2 / 1024],
  ['in the middle of two exponents', 2 - 0.5 / 1024, 2],
  ['smaller than any, in the middle', 2 ** -25, 0],
  ['larger than any', 70000, Infinity],
  ['just not too large', 65519, 65504],
])('a number %s is rounded as IEEE 754 says', (_, value, wanted) => {
  expect(fromHalf(toHalf(value))).toBe(wanted);
  expect(fromHalf(toHalf(-value))).toBe(-wanted);
});
