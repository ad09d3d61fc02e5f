import { describe, expect, test } from 'vitest';
import { suggestWithin } from '../../../../src/core/findings/suggest';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import {
  applyPreset,
  findPreset,
  presetNames,
  type PresetName,
} from '../../../../src/core/recipe/presets';
import { listSteps, scaleOf, type RecipeStep } from '../../../../src/core/recipe/recipe';
import { allOffers, clean, noisy } from '../../app/fake-owner';

const apply = (name: PresetName, analysis = noisy, scale: 1 | 2 | 4 = 2, offers = allOffers) =>
  applyPreset(name, suggestWithin(analysis, scale, offers), offers);

function stepOf<Task extends RecipeStep['task']>(
  { steps }: { readonly steps: readonly RecipeStep[] },
  task: Task,
) {
  return steps.find((step): step is Extract<RecipeStep, { task: Task }> => step.task === task);
}

describe('presets', () => {
  test('keep the scale that is suggested, and are recipes that anybody reads', () => {
    for (const name of presetNames)
      for (const scale of [1, 2, 4] as const)
        for (const analysis of [clean, noisy]) {
          const recipe = apply(name, analysis, scale);
          expect(scaleOf(recipe)).toBe(scale);
          expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
        }
  });

  test('a photo gets what it calls for', () => {
    const { recipe } = suggestWithin(noisy, 2, allOffers);
    expect(apply('photo')).toEqual({ ...recipe, finish: neutralFinish });
  });

  test('a portrait is cleaned half as much, nothing is guessed, and some of the original shows', () => {
    const portrait = apply('portrait');
    expect(stepOf(portrait, 'clean')?.noise).toBe(12);
    expect(stepOf(portrait, 'upscale')?.variant).toBe('faithful');
    expect(portrait.finish.strength).toBeLessThan(1);
  });

  test('of a text all damage is cleaned, however slight, and no edge is guessed', () => {
    const text = apply('text', { ...clean, jpegQuality: 80 });
    expect(text.steps).toEqual([
      { task: 'clean', noise: 0, jpeg: 20 },
      { task: 'upscale', scale: 2, variant: 'faithful' },
    ]);
  });

  test('of a text no pattern is taken out: letters of one width lie in a grid, too', () => {
    const grid = { ...clean, printed: true };
    expect(stepOf(apply('photo', grid), 'pattern')?.amount).toBe(100);
    expect(listSteps(apply('text', grid)).map(({ task }) => task)).not.toContain('pattern');
    // What is not done is not said, either.
    expect(apply('text', grid).steps).toEqual(apply('text', clean).steps);
    expect(stepOf(apply('text', clean), 'pattern')).toBeUndefined();
  });

  test('an old photo is cleaned gently, then guessed; line work keeps its grain', () => {
    expect(stepOf(apply('old'), 'clean')?.noise).toBe(14);
    expect(stepOf(apply('old'), 'upscale')?.variant).toBe('crisp');
    const art = apply('art', { ...noisy, jpegQuality: 60 });
    expect(stepOf(art, 'clean')).toMatchObject({ noise: 0, jpeg: 40 });
  });

  test('an old photo that shows no age gets what any photo gets; one that does, not all of the guessing', () => {
    expect(apply('old', clean)).toEqual(apply('photo', clean));
    expect(apply('old').finish.strength).toBe(0.6);
    const faded = apply('old', { ...clean, faded: true, printed: true });
    expect(faded.steps.map(({ task }) => task)).toEqual(['pattern', 'colours', 'upscale']);
    expect(stepOf(faded, 'upscale')?.variant).toBe('crisp');
  });

  test('a render loses noise also where little was measured', () => {
    expect(stepOf(apply('render', clean), 'clean')?.noise).toBeGreaterThan(0);
    expect(stepOf(apply('render'), 'clean')?.noise).toBe(39);
  });

  test('only a texture wraps', () => {
    expect(presetNames.filter((name) => apply(name).wrap)).toEqual(['texture']);
  });

  test('ask for nothing that no model does', () => {
    const offers = allOffers.filter(({ variant, task }) => variant !== 'crisp' && task !== 'clean');
    for (const name of presetNames)
      expect(listSteps(apply(name, noisy, 2, offers)).map(({ task }) => task)).not.toContain(
        'clean',
      );
    expect(stepOf(apply('old', noisy, 2, offers), 'upscale')?.variant).toBe('faithful');
  });

  test('are known again by what they ask for, those that ask for the same by which was chosen', () => {
    for (const analysis of [clean, noisy]) {
      const suggested = suggestWithin(analysis, 2, allOffers);
      for (const name of presetNames) {
        const recipe = applyPreset(name, suggested, allOffers);
        const find = (chosen: PresetName, finish = recipe.finish) =>
          findPreset(chosen, { recipe, finish }, suggested, allOffers);
        expect(find(name)).toBe(name);
        expect(find(name, { ...recipe.finish, colourLock: 0.3 })).toBe(null);
      }
    }
    const suggested = suggestWithin(clean, 2, allOffers);
    const asked = { ...suggested, finish: neutralFinish };
    expect(findPreset('text', asked, suggested, allOffers)).toBe('text');
    expect(findPreset('texture', asked, suggested, allOffers)).toBe('photo');
  });
});
