import { describe, expect, test } from 'vitest';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import {
  isSameChain,
  isSameWork,
  listSteps,
  scaleOf,
  withScale,
} from '../../../../src/core/recipe/recipe';

const read = (fields: object) => parseRecipe({ v: 1, scale: 2, variant: 'faithful', ...fields });
const plain = read({});
const damaged = { clean: { noise: 36, jpeg: 60 }, deblur: 25 };
const full = read(damaged);
const found = { shake: 'found', damage: 'none' } as const;

describe('the steps of a recipe', () => {
  test('a pattern is taken out before damage is healed, wherever a recipe writes it', () => {
    const steps = [
      { task: 'heal', sensitivity: 50 },
      { task: 'pattern', amount: 60 },
      { task: 'colours', cast: 100, contrast: 100 },
    ];
    const work = listSteps(parseRecipe({ v: 2, steps }));
    expect(work.map(({ task }) => task)).toEqual(['pattern', 'pattern', 'heal', 'colours']);
  });

  test('clean, deblur and upscale, in that order, with their values', () => {
    const network = { kind: 'network', scale: 1, variant: 'faithful', planes: {}, amount: 1 };
    expect(listSteps(read({ ...damaged, variant: 'crisp' }))).toEqual([
      { ...network, task: 'clean', planes: { noise: 0.36 * (50 / 255), jpeg: 0.6 } },
      { ...network, task: 'deblur', amount: 0.25 },
      { ...network, task: 'upscale', scale: 2, variant: 'crisp' },
    ]);
  });

  test('what is at 0 is no step', () => {
    const nothing = read({ clean: { noise: 0, jpeg: 0 }, deblur: 0, scale: 1 });
    expect(listSteps(nothing, found)).toEqual([]);
    expect(listSteps(read({ clean: { noise: 0, jpeg: 1 }, scale: 1 }))).toHaveLength(1);
  });

  test('where a shake was found it is taken back before the network, and both are mixed in as one', () => {
    const steps = listSteps(read({ deblur: 25, scale: 1 }), found);
    expect(steps).toMatchObject([
      { kind: 'filter', filter: 'shake', isSure: true },
      { kind: 'network', amount: 1 },
      { kind: 'filter', filter: 'mix', amount: 0.25 },
    ]);
    const unsure = listSteps(read({ deblur: 25 }), { ...found, shake: 'unknown' });
    expect(unsure).toMatchObject([{ isSure: false }, {}, { isSure: false }, {}]);
  });

  test('tell whether two recipes are the same work, or at least the same networks', () => {
    expect(isSameWork(plain, read({ clean: { noise: 0, jpeg: 0 }, deblur: 0 }))).toBe(true);
    expect(isSameWork(full, { ...full, finish: { ...full.finish, strength: 0.5 } })).toBe(true);
    expect(isSameWork(full, read({ ...damaged, deblur: 26 }))).toBe(false);
    expect(isSameChain(full, read({ ...damaged, deblur: 26 }))).toBe(true);
    expect(isSameChain(full, read({ ...damaged, clean: { noise: 1, jpeg: 0 } }))).toBe(true);
    expect(isSameChain(full, read({ ...damaged, deblur: 0 }))).toBe(false);
    expect(isSameChain(full, read({ ...damaged, variant: 'crisp' }))).toBe(false);
  });
});

test('a recipe can be asked for at another size, and keeps the rest', () => {
  const other = withScale(read({ ...damaged, variant: 'crisp' }), 4);
  expect(other).toEqual(read({ ...damaged, variant: 'crisp', scale: 4 }));
  expect(scaleOf(other)).toBe(4);
  expect(scaleOf(withScale(other, 1))).toBe(1);
  expect(withScale({ ...plain, steps: [] }, 2)).toEqual(plain);
});
