import { expect, test } from 'vitest';
import { describeSuggestion } from '../../../../src/app/i18n/suggestion';
import { limitRecipe } from '../../../../src/core/recipe/offers';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { scaleOf, withScale } from '../../../../src/core/recipe/recipe';
import type { Suggestion } from '../../../../src/core/findings/suggest';

const fields = { v: 1, scale: 2, variant: 'faithful' };
const plain = parseRecipe(fields);
const damage = { clean: { noise: 36, jpeg: 66 } };
const full = parseRecipe({ ...fields, ...damage, deblur: 40, variant: 'crisp' });
const noisy: Suggestion['reasons'] = [
  { kind: 'noise', sigma: 17.8 },
  { kind: 'jpeg', quality: 34 },
];

test('a suggestion is a sentence of what was found and what that calls for', () => {
  expect(describeSuggestion({ recipe: plain, reasons: [] })).toBe(
    'No noise, blur or JPEG damage found: nothing needed but enlarging.',
  );
  expect(describeSuggestion({ recipe: parseRecipe({ ...fields, scale: 1 }), reasons: [] })).toBe(
    'No noise, blur or JPEG damage found.',
  );
  expect(
    describeSuggestion({ recipe: parseRecipe({ ...fields, ...damage }), reasons: noisy }),
  ).toBe('Noisy; JPEG-compressed: cleaning suggested.');
  expect(describeSuggestion({ recipe: full, reasons: [{ kind: 'blur', sigma: 1.26 }] })).toBe(
    'Blurred: cleaning, deblurring and crisp enlarging suggested.',
  );
});

test('without a model for a step it is not suggested', () => {
  const offers = [{ task: 'upscale', scale: 2, variant: 'faithful' }] as const;
  const recipe = limitRecipe(full, offers);
  expect(recipe).toEqual(plain);
  expect(describeSuggestion({ recipe, reasons: noisy })).toBe('Noisy; JPEG-compressed.');
});

test('what there is a model for is kept', () => {
  const offers = [
    { task: 'upscale', scale: 2, variant: 'crisp' },
    { task: 'clean', scale: 1, variant: 'faithful' },
    { task: 'deblur', scale: 1, variant: 'faithful' },
  ] as const;
  expect(limitRecipe(full, offers)).toEqual(full);
  const limited = limitRecipe(withScale(full, 4), offers);
  expect(scaleOf(limited)).toBe(4);
  expect(limited.steps.at(-1)).toMatchObject({ variant: 'faithful' });
  expect(limitRecipe(withScale(full, 1), offers).steps.at(-1)).toMatchObject({ variant: 'crisp' });
});
