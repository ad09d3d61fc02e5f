import { describe, expect, test } from 'vitest';
import { suggestWithin } from '../../../../src/core/findings/suggest';
import { findAlternative, listAlternatives } from '../../../../src/core/recipe/alternatives';
import { isSameWork, scaleOf } from '../../../../src/core/recipe/recipe';
import { usualFinish } from '../../../../src/core/recipe/usual-finish';
import { allOffers, clean, noisy } from '../../app/fake-owner';

const list = (analysis: typeof clean, scale: 1 | 2 | 4 = 2, offers = allOffers) =>
  listAlternatives(suggestWithin(analysis, scale, offers), offers);
const recipes = (...given: Parameters<typeof list>) =>
  Object.fromEntries(list(...given).map(({ name, recipe }) => [name, recipe]));

describe('alternatives', () => {
  test('are three, from the mildest, at the scale of the suggestion, whose work is auto', () => {
    for (const scale of [1, 2, 4] as const)
      for (const analysis of [clean, noisy]) {
        const alternatives = list(analysis, scale);
        expect(alternatives.map(({ name }) => name)).toEqual(['gentle', 'auto', 'more']);
        for (const { recipe } of alternatives) expect(scaleOf(recipe)).toBe(scale);
        const { recipe } = suggestWithin(analysis, scale, allOffers);
        expect(alternatives[1]!.recipe).toEqual({ ...recipe, finish: usualFinish(recipe) });
      }
  });

  test('of a noisy photo clean it less and more', () => {
    const { gentle, auto, more } = recipes(noisy);
    const noise = [gentle, auto, more].map((recipe) => {
      const step = recipe!.steps.find(({ task }) => task === 'clean');
      return step?.task === 'clean' ? step.noise : 0;
    });
    expect(noise).toEqual([12, 24, 38]);
  });

  test('of a slightly compressed one leave the damage in, or take it out first', () => {
    const { gentle, auto, more } = recipes({ ...clean, jpegQuality: 80 });
    expect(auto!.steps).toEqual([{ task: 'upscale', scale: 2, variant: 'crisp' }]);
    expect(gentle!.steps).toEqual([{ task: 'upscale', scale: 2, variant: 'faithful' }]);
    expect(more!.steps).toEqual([
      { task: 'clean', noise: 0, jpeg: 20 },
      { task: 'upscale', scale: 2, variant: 'crisp' },
    ]);
  });

  test('of a clean one differ by strength and by network', () => {
    const { gentle, auto, more } = recipes(clean);
    expect(isSameWork(gentle!, auto!)).toBe(true);
    expect(gentle!.finish.strength).toBe(0.5);
    expect(more!.steps.at(-1)).toMatchObject({ variant: 'crisp' });
  });

  test('begin with a part of what cleans or sharpens, and with all of what enlarges', () => {
    const strengths = (...given: Parameters<typeof list>) =>
      list(...given).map(({ recipe }) => recipe.finish.strength);
    expect(strengths(noisy, 2)).toEqual([1, 1, 1]);
    expect(strengths(noisy, 1)).toEqual([0.6, 0.6, 0.6]);
  });

  test('ask for nothing that no model does', () => {
    const offers = allOffers.filter(({ variant, task }) => variant !== 'crisp' && task !== 'clean');
    const { auto, more } = recipes({ ...clean, jpegQuality: 80 }, 2, offers);
    expect(more!.steps).toEqual(auto!.steps);
  });

  test('are known by what they do, and where that is the same, by their strength', () => {
    const alternatives = list(clean);
    const [gentle, auto, more] = alternatives.map(({ recipe }) => recipe);
    expect(findAlternative(alternatives, gentle!, 0.5)).toBe('gentle');
    expect(findAlternative(alternatives, auto!, 1)).toBe('auto');
    expect(findAlternative(alternatives, auto!, 0.8)).toBe('auto');
    // One of its own work is known at any strength.
    expect(findAlternative(alternatives, more!, 0.3)).toBe('more');
    expect(findAlternative(alternatives, { ...auto!, steps: [] }, 1)).toBeNull();
  });
});
