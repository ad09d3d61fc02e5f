import { expect, test } from 'vitest';
import { neutralFinish } from '../../../../../src/core/recipe/finish';
import { recommend } from '../../../../../src/core/recipe/recommendation';
import {
  guessEnding,
  guessResultBytes,
  sumResultBytes,
} from '../../../../../src/app/state/queue/result-size';
import type { Fit } from '../../../../../src/app/state/queue/fit';

const choice = {
  ...{ chosen: null, chosenDepth: null, chosenLossless: null, quality: 90 },
  metadata: { keep: true, isAnonymous: false, mark: true },
};
const each: Fit = { by: 'photo', preset: 'photo' };
const photo = { path: 'holiday/a.jpg', bytes: 2e6 };

test('four times the pixels take more room, sixteen times still more; large photos are not enlarged unasked', () => {
  const twice = guessResultBytes(photo, each, choice);
  expect(twice).toBeGreaterThan(2e6);
  expect(twice).toBeLessThan(8e6);
  // A camera's file of 24 million pixels is about as long afterwards.
  const large = guessResultBytes({ ...photo, bytes: 10e6 }, each, choice);
  expect(large / 10e6).toBeGreaterThan(0.4);
  expect(large / 10e6).toBeLessThan(1.2);
});

test('format, quality and bits count', () => {
  const of = (wish: Partial<typeof choice> | object) =>
    guessResultBytes(photo, each, { ...choice, ...wish });
  expect(of({ chosen: 'png' })).toBeGreaterThan(3 * of({}));
  expect(of({ quality: 60 })).toBeLessThan(of({}));
  expect(of({ chosen: 'tiff', chosenDepth: 16 })).toBe(2 * of({ chosen: 'tiff' }));
  // Nothing that only holds 8 bits grows by the wish for more.
  expect(of({ chosenDepth: 16 })).toBe(of({}));
  // What cannot be written is written as something else, and an unknown ending is no reason to fail.
  expect(guessResultBytes({ path: 'a.heic', bytes: 1e6 }, each, choice)).toBeGreaterThan(0);
  expect(guessResultBytes({ path: 'scan', bytes: 0 }, each, choice)).toBeGreaterThan(0);
});

test('a size that is asked for is the size, however large the photo is', () => {
  const size = { by: 'longer', pixels: 2048 } as const;
  const fit: Fit = {
    by: 'recipe',
    recipe: { ...recommend([], 2), finish: neutralFinish, size },
  };
  const small = guessResultBytes(photo, fit, choice);
  const large = guessResultBytes({ ...photo, bytes: 9e6 }, fit, choice);
  expect(Math.abs(large / small - 1)).toBeLessThan(0.02);
});

test('what is known of some corrects what is guessed of the others', () => {
  expect(sumResultBytes([10, 20])).toBe(30);
  expect(sumResultBytes([10, 20], [{ guessed: 5, bytes: 10 }])).toBe(60);
  expect(sumResultBytes([], [{ guessed: 5, bytes: 10 }])).toBe(0);
});

test.each([
  ['a/b.PNG', null, 'png'],
  ['b.jpeg', null, 'jpg'],
  ['b.heic', null, 'jpg'],
  ['b.jpg', 'tiff', 'tif'],
] as const)('the example tells how %s will end where %s is chosen: %s', (path, chosen, ending) => {
  expect(guessEnding(path, { ...choice, chosen })).toBe(ending);
});
