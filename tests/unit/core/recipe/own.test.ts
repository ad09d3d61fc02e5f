/** Networks that people bring, in a recipe. */
import { expect, test } from 'vitest';
import { listAlternatives } from '../../../../src/core/recipe/alternatives';
import type { OwnName } from '../../../../src/core/recipe/kinds';
import { limitRecipe } from '../../../../src/core/recipe/offers';
import { ownOf, placeOwn, withOwn } from '../../../../src/core/recipe/own';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { applyPreset, presetNames } from '../../../../src/core/recipe/presets';
import { emptyRecipe, listSteps, scaleOf, withScale } from '../../../../src/core/recipe/recipe';
import { writeShort } from '../../../../src/core/recipe/short-form';
import { keepToggles } from '../../../../src/core/recipe/toggles';

const own: OwnName = { sha256: 'ab'.repeat(32), title: 'Sharp', scale: 4 };
const keeping: OwnName = { ...own, scale: 1 };
const twice = withScale(emptyRecipe, 2);

test('it takes the enlarger’s place, at the scale that is asked for', () => {
  const asked = withOwn(twice, own);
  expect(listSteps(asked)).toMatchObject([{ kind: 'network', scale: 2, own }]);
  expect(scaleOf(asked)).toBe(2);
  expect(listSteps(withScale(asked, 1))).toMatchObject([{ kind: 'network', scale: 1, own }]);
});

test('one that keeps the size works before the enlarger, and alone without', () => {
  const asked = withOwn(twice, keeping);
  expect(listSteps(asked)).toMatchObject([
    { kind: 'network', scale: 1, own: keeping },
    { kind: 'network', scale: 2 },
  ]);
  expect(listSteps(asked)[1]).not.toHaveProperty('own');
  expect(listSteps(withScale(asked, 1))).toMatchObject([{ own: keeping }]);
});

test('one that keeps the size may work on the enlarged picture', () => {
  const asked = placeOwn(withOwn(twice, keeping), true);
  const after: OwnName = { ...keeping, after: true };
  expect(ownOf(asked)).toEqual(after);
  expect(listSteps(asked)).toMatchObject([
    { kind: 'network', scale: 2 },
    { kind: 'network', scale: 1, own: after },
  ]);
  expect(scaleOf(asked)).toBe(2);
  expect(listSteps(withScale(asked, 1))).toMatchObject([{ own: after }]);
  expect(parseRecipe(JSON.parse(JSON.stringify(asked)))).toEqual(asked);
  expect(placeOwn(asked, false)).toEqual(withOwn(twice, keeping));
  // An enlarger has no other place, nor has none.
  expect(placeOwn(withOwn(twice, own), true)).toEqual(withOwn(twice, own));
  expect(placeOwn(twice, true)).toEqual(twice);
  const suggested = { recipe: keepToggles(twice, asked), reasons: [] };
  for (const name of presetNames) expect(ownOf(applyPreset(name, suggested, []))).toEqual(after);
});

test('a recipe keeps it as text, and another takes its place', () => {
  const asked = withOwn(twice, own);
  expect(parseRecipe(JSON.parse(JSON.stringify(asked)))).toEqual(asked);
  expect(ownOf(asked)).toEqual(own);
  expect(ownOf(withOwn(asked, null))).toBeNull();
  expect(withOwn(asked, null)).toEqual(twice);
});

test.each([
  ['sha256', 'ab'],
  ['sha256', 'AB'.repeat(32)],
  ['title', ''],
  ['scale', 5],
  ['after', 'yes'],
  ['path', '/home'],
])('a name whose %s is %s is refused', (field, value) => {
  const upscale = { task: 'upscale', scale: 2, own: { ...own, [field]: value } };
  const path = expect.stringContaining(`steps[0].own.${field}`) as string;
  const refused = expect.objectContaining({
    problem: 'option-wrong',
    facts: expect.objectContaining({ path }) as unknown,
  }) as Error;
  expect(() => parseRecipe({ v: 2, steps: [upscale] })).toThrow(refused);
});

test('the short form, which other devices read, does not name it', () => {
  expect(writeShort(withOwn(twice, own))).toEqual(writeShort(twice));
  expect(ownOf(parseRecipe({ ...writeShort(twice), own }))).toBeNull();
});

test('it stays where the site has no models', () => {
  expect(ownOf(limitRecipe(withOwn(twice, own), []))).toEqual(own);
  expect(ownOf(limitRecipe(withOwn(twice, keeping), []))).toEqual(keeping);
});

test('it stays, whatever else is asked for of a photo, unless another takes its place', () => {
  const asked = withOwn(twice, own);
  const suggested = { recipe: keepToggles(twice, asked), reasons: [] };
  expect(ownOf(suggested.recipe)).toEqual(own);
  for (const { recipe } of listAlternatives(suggested, [])) expect(ownOf(recipe)).toEqual(own);
  for (const name of presetNames) expect(ownOf(applyPreset(name, suggested, []))).toEqual(own);
  const other = withOwn(twice, keeping);
  expect(keepToggles(other, asked)).toEqual(other);
});
