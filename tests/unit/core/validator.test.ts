import { expect, test } from 'vitest';
import { Validator } from '../../../src/core/validator';

const check = new Validator((path, reason) => new TypeError(`${path} ${reason}`));

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

test.each<[reason: string, check: () => unknown]>([
  ['must be an object', () => check.object([], 'it')],
  ['must be an object', () => check.object(null, 'it')],
  ['must be a list', () => check.list({ length: 1 }, 'it')],
  ['must be a list of at most 2', () => check.list([1, 2, 3], 'it', 2)],
  ['must be text', () => check.text('', 'it')],
  ['must be a number', () => check.number(NaN, 'it')],
  ['must be a number from 0 to 1', () => check.between(NaN, [0, 1], 'it')],
  ['must be a number from 0 to 1', () => check.between('1', [0, 1], 'it')],
  ['must be a whole number of at least 1', () => check.whole(0, [1], 'it')],
  ['must be a whole number from 1 to 3', () => check.whole(4, [1, 3], 'it')],
  ['must be a whole number of at least 0', () => check.whole(2 ** 53, [0], 'it')],
  ['must be true or false', () => check.flag(0, 'it')],
  ['must be 1 or 2', () => check.oneOf('1', [1, 2], 'it')],
])('%s, or its owner’s error says so', (reason, work) => {
  expect(work).toThrow(new TypeError(`it ${reason}`));
});

test('a field that is not known is named', () => {
  expect(() => check.object({ c: 1 }, 'it', ['a', 'b'])).toThrow('it.c must be one of a, b');
});
