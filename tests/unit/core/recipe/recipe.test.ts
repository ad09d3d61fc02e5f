import { describe, expect, test } from 'vitest';
import {
  isSameChain,
  isSameWork,
  listSteps,
  parseRecipe,
} from '../../../../src/core/recipe/recipe';

const plain = { v: 1, scale: 2, variant: 'faithful' } as const;
const full = { ...plain, clean: { noise: 36, jpeg: 60 }, deblur: 25 } as const;

describe('the door', () => {
  test('a good recipe comes back typed, without fields it does not know', () => {
    expect(parseRecipe({ ...full, extra: 1 })).toEqual(full);
    expect(parseRecipe(plain)).toEqual(plain);
  });

  test.each([
    ['recipe', null],
    ['recipe', []],
    ['recipe.v', { ...plain, v: 2 }],
    ['recipe.scale', { ...plain, scale: 3 }],
    ['recipe.variant', { v: 1, scale: 2 }],
    ['recipe.clean', { ...plain, clean: 5 }],
    ['recipe.clean.noise', { ...plain, clean: { jpeg: 5 } }],
    ['recipe.clean.jpeg', { ...plain, clean: { noise: 5, jpeg: 101 } }],
    ['recipe.deblur', { ...plain, deblur: NaN }],
    ['recipe.deblur', { ...plain, deblur: '5' }],
  ])('%s is named where it is wrong', (path, value) => {
    expect(() => parseRecipe(value)).toThrow(
      expect.objectContaining({
        ...{ problem: 'option-wrong', code: 'bad-option' },
        facts: expect.objectContaining({ path }) as unknown,
      }) as Error,
    );
  });
});

describe('the steps of a recipe', () => {
  test('clean, deblur and upscale, in that order, with their values', () => {
    expect(listSteps({ ...full, variant: 'real' })).toEqual([
      {
        task: 'clean',
        scale: 1,
        variant: 'faithful',
        controls: { noise: (0.36 * 50) / 255, jpeg: 0.6 },
        amount: 1,
      },
      { task: 'deblur', scale: 1, variant: 'faithful', controls: {}, amount: 0.25 },
      { task: 'upscale', scale: 2, variant: 'real', controls: {}, amount: 1 },
    ]);
  });

  test('what is at 0 is no step', () => {
    const nothing = { ...plain, clean: { noise: 0, jpeg: 0 }, deblur: 0, scale: 1 } as const;
    expect(listSteps(nothing)).toEqual([]);
    expect(listSteps({ ...nothing, clean: { noise: 0, jpeg: 1 } })).toHaveLength(1);
  });

  test('tell whether two recipes are the same work, or at least the same networks', () => {
    expect(isSameWork(plain, { ...plain, clean: { noise: 0, jpeg: 0 }, deblur: 0 })).toBe(true);
    expect(isSameWork(full, { ...full, deblur: 26 })).toBe(false);
    expect(isSameChain(full, { ...full, deblur: 26 })).toBe(true);
    expect(isSameChain(full, { ...full, deblur: 0 })).toBe(false);
    expect(isSameChain(full, { ...full, variant: 'real' })).toBe(false);
  });
});
