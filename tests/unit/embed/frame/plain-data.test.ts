import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHostMessage } from '../../../../src/embed/frame/host-message';
import { copyPlain, isSamePlain } from '../../../../src/embed/frame/plain-data';
import { defaults } from './fake-frame';

const circle: Record<string, unknown> = { deblur: 5 };
circle['round'] = { again: [circle] };
const bomb: unknown[] = [];
for (let i = 0; i < 11; i++) bomb.push([...bomb], [...bomb]);
const odd: [string, unknown][] = [
  ['a circle', circle],
  ['a BigInt', { deblur: 5n }],
  ['a date', { deblur: new Date(0) }],
  ['a map', { deblur: new Map() }],
  ['a file', { deblur: new Blob() }],
  ['a bomb', { steps: bomb }],
  ['a long text', { variant: 'x'.repeat(1e6) }],
];

describe.each(odd)('%s', (_, recipe) => {
  test('is no plain data', () => {
    expect(copyPlain(recipe)).toBeUndefined();
  });

  test('fails a request, and is left out of settings, which says so', () => {
    expect(readHostMessage({ type: 'enhance', id: 1, recipe })).toMatchObject({
      ...{ type: 'unfit', id: 1, code: 'bad-option' },
    });
    const settings = { ...defaults, scale: 4, recipe };
    expect(readHostMessage({ type: 'configure', settings })).toEqual({
      ...{ type: 'configure', settings: { ...settings, recipe: null } },
      refused: { code: 'bad-recipe', message: expect.any(String) as string },
    });
  });
});

test('what JSON can hold is copied, and the same as its copy alone', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue({ maxDepth: 5 }), (value, other) => {
      expect(copyPlain(value)).toEqual(value);
      expect(isSamePlain(value, copyPlain(value))).toBe(true);
      const isSame = JSON.stringify(value) === JSON.stringify(other);
      expect(isSamePlain(value, other)).toBe(isSame);
    }),
  );
});

test('bytes are compared, too', () => {
  const mask = (last: number) => ({ values: new Uint8Array([1, 2, last]) });
  expect(isSamePlain(mask(3), copyPlain(mask(3)))).toBe(true);
  expect(isSamePlain(mask(3), mask(4))).toBe(false);
  expect(isSamePlain(mask(3), { values: [1, 2, 3] })).toBe(false);
});
