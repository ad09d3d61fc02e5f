import { expect, test } from 'vitest';
import { countGround } from '../../../../src/core/recipe/ground';
import type { Step } from '../../../../src/core/recipe/recipe';

const count = (...names: readonly Step['task'][]) => countGround(names.map((task) => ({ task })));

test('what takes damage away is the ground, as long as nothing else came before it', () => {
  expect(count('heal', 'pattern', 'colours', 'clean', 'upscale')).toBe(3);
  expect(count('heal')).toBe(1);
  expect(count('clean', 'heal', 'upscale')).toBe(0);
  expect(count('upscale')).toBe(0);
  expect(count()).toBe(0);
});
