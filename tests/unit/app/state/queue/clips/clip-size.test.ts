import { expect, test } from 'vitest';
import { neutralFinish } from '../../../../../../src/core/recipe/finish';
import { recommend } from '../../../../../../src/core/recipe/recommendation';
import type { Fit } from '../../../../../../src/app/state/queue/fit';
import { guessClipBytes } from '../../../../../../src/app/state/queue/clips/clip-size';

test('a clip grows with its pixels, less than they do, and one that is not enlarged stays as it is', () => {
  const asSet = (scale: 1 | 2 | 4): Fit => ({
    by: 'recipe',
    recipe: { ...recommend([], scale), finish: neutralFinish },
  });
  const size = { width: 640, height: 360 };
  expect(guessClipBytes(1e6, size, asSet(1))).toBe(1e6);
  expect(guessClipBytes(1e6, size, asSet(2))).toBeCloseTo(2.83e6, -4);
  expect(guessClipBytes(1e6, size, asSet(4))).toBeCloseTo(8e6, -4);
  // Before its size is known it is taken for a usual one.
  expect(guessClipBytes(1e6, null, { by: 'photo', preset: 'photo' })).toBeGreaterThan(1e6);
});
