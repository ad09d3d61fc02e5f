import { expect, test } from 'vitest';
import { describeChange } from '../../../../src/app/i18n/step-words';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { withScale, type Recipe } from '../../../../src/core/recipe/recipe';
import { recommend } from '../../../../src/core/recipe/recommendation';

const photo = { width: 300, height: 200 };
const recipe: Recipe = recommend([], 2);
const mask = { width: 1, height: 1, values: new Uint8Array([7]) };
const describe = (asked: Partial<Recipe>, finish: Partial<Finish> = {}, before = neutralFinish) =>
  describeChange(
    { recipe, finish: before },
    { recipe: { ...recipe, ...asked }, finish: { ...neutralFinish, ...finish } },
    photo,
  );

test('a step is told by what it changed, from what to what', () => {
  expect(describe({}, { strength: 0.6 })).toBe('Strength from 100 % to 60 %');
  expect(describe({}, { luminanceOnly: true })).toBe('Luminance only from off to on');
  expect(describe(withScale(recipe, 4))).toBe('Size from 600 × 400 to 1200 × 800');
  expect(describe({ size: { by: 'width', pixels: 450 } })).toBe('Size from 600 × 400 to 450 × 300');
  expect(describe({}, { mask })).toBe('Only here from everywhere to painted');
  const again = { ...mask, values: new Uint8Array([8]) };
  expect(describe({}, { mask: again }, { ...neutralFinish, mask })).toBe(
    'Only here: painted further',
  );
});

test('of many changes a few are named, and what has no words is said to be a change', () => {
  const grain = { amount: 0.3, size: 1, seed: 0 };
  const sharpen = { amount: 0.2, radius: 1 };
  expect(describe({ wrap: true }, { strength: 0, grain, sharpen, colourLock: 1 })).toBe(
    'Edges that fit from off to on, Strength from 100 % to 0 %, Grain from 0 % to 30 %, and 2 more',
  );
  expect(describe({}, { grain: { ...grain, amount: 0, seed: 5 } })).toBe('Settings changed');
});
