import { expect, test } from 'vitest';
import type { Expected } from '../../../src/core/errors';
import { Validator } from '../../../src/core/validator';

const check = new Validator(
  (path, expected) => new TypeError(`${path}: ${JSON.stringify(expected)}`),
);

test('what fits is given back as it is', () => {
  const object = { a: 1 };
  expect(check.object(object, 'it')).toBe(object);
  expect(check.object(object, 'it', ['a', 'b'])).toBe(object);
  expect(check.list([1], 'it', 1)).toEqual([1]);
  expect(check.text('a', 'it')).toBe('a');
  expect(check.number(-1.5, 'it')).toBe(-1.5);
  expect(check.between(100, [0, 100], 'it')).toBe(100);
  expect(check.whole(7, [7], 'it')).toBe(7);
  expect(check.flag(false, 'it')).toBe(false);
  expect(check.oneOf(2, [1, 2], 'it')).toBe(2);
});

test('nothing is -0, which would be another number once it is written', () => {
  expect(check.between(-0, [-1, 1], 'it')).toBe(0);
  expect(check.whole(-0, [0], 'it')).toBe(0);
});

test.each<[expected: Expected, check: () => unknown]>([
  ['object', () => check.object([], 'it')],
  ['object', () => check.object(null, 'it')],
  ['list', () => check.list({ length: 1 }, 'it')],
  [{ mostItems: 2 }, () => check.list([1, 2, 3], 'it', 2)],
  ['text', () => check.text('', 'it')],
  ['number', () => check.number(NaN, 'it')],
  [{ least: 0, most: 1 }, () => check.between(NaN, [0, 1], 'it')],
  [{ least: 0, most: 1 }, () => check.between('1', [0, 1], 'it')],
  [{ wholeFrom: 1 }, () => check.whole(0, [1], 'it')],
  [{ least: 1, most: 3, isWhole: true }, () => check.whole(4, [1, 3], 'it')],
  [{ wholeFrom: 0 }, () => check.whole(2 ** 53, [0], 'it')],
  ['boolean', () => check.flag(0, 'it')],
  [{ oneOf: [1, 2] }, () => check.oneOf('1', [1, 2], 'it')],
])('%j is what its owner’s error is made of', (expected, work) => {
  expect(work).toThrow(new TypeError(`it: ${JSON.stringify(expected)}`));
});

test('a field that is not known is named', () => {
  expect(() => check.object({ c: 1 }, 'it', ['a', 'b'])).toThrow('it.c: {"names":["a","b"]}');
});
