import { describe, expect, test } from 'vitest';
import {
  listFields,
  listToggles,
  type PanelField,
} from '../../../../../src/app/state/photo/panel-fields';
import type { Offers } from '../../../../../src/core/recipe/offers';
import { parseRecipe } from '../../../../../src/core/recipe/parsing';
import type { Recipe } from '../../../../../src/core/recipe/recipe';
import type { TaskTable } from '../../../../../src/core/recipe/task-row';
import { tasks } from '../../../../../src/core/recipe/tasks';
import { withColour, withFace } from '../../../core/fake-tasks';

const fields = { v: 1, scale: 2, variant: 'faithful' };
const recipe = parseRecipe(fields);
const can = (task: string, scale = 1, variant = 'faithful') =>
  ({ task, scale, variant }) as Offers[number];
const enlargers = [can('upscale', 2), can('upscale', 4), can('upscale', 2, 'crisp')];
const all = [...enlargers, can('clean'), can('deblur')];

/** What is shown: names of sliders, and of buttons in a row with their values. */
const show = (offers: Offers, asked = recipe, table: TaskTable = tasks) =>
  listFields(asked, offers, table).map((field) =>
    field.kind === 'choice'
      ? [field.words.name, ...field.options.map(({ value }) => value)].join(' ')
      : field.words.name,
  );

function find(fieldsShown: readonly PanelField[], key: string): PanelField {
  return fieldsShown.find((field) => field.key === key)!;
}

describe('the panel', () => {
  test('shows every control that a model is there for, enlarging first', () => {
    expect(show(all)).toEqual([
      'scale.name 1 2 4',
      'variant.name faithful crisp',
      ...['noise.name', 'jpeg.name', 'deblur.name'],
    ]);
  });

  test('shows no control without a model, nor a size that would do nothing', () => {
    expect(show([])).toEqual(['scale.name 2 4']);
    expect(show([can('upscale', 2)])).toEqual(['scale.name 2 4']);
    expect(show([...enlargers, can('deblur')])).toEqual([
      ...['scale.name 1 2 4', 'variant.name faithful crisp', 'deblur.name'],
    ]);
  });

  test('a size of one’s own is none of the choices, and a choice ends it', () => {
    const own = { ...recipe, size: { by: 'factor', factor: 1.5 } } as const;
    const field = find(listFields(own, all, tasks), 'upscale.scale');
    expect(field.value).toBe('');
    expect(field.kind === 'choice' && field.change(2)).toEqual(recipe);
    const variant = find(listFields(own, all, tasks), 'upscale.variant');
    expect(variant.kind === 'choice' && variant.change('crisp').size).toEqual(own.size);
  });

  test('shows which picture it is only at a size that another enlarger is there for', () => {
    expect(show(all, parseRecipe({ ...fields, scale: 4 }))).not.toContain(
      'variant.name faithful crisp',
    );
    expect(show(all, parseRecipe({ ...fields, scale: 1 }))[1]).toBe('noise.name');
  });

  test('shows the tiers where there is a network of each, and asks for none until told to', () => {
    const crisp = parseRecipe({ ...fields, variant: 'crisp' });
    expect(show(all, crisp)).not.toContain('tier.name fitting fast quality');
    const offers = [...all, { ...can('upscale', 2, 'crisp'), tier: 'quality' as const }];
    expect(show(offers)).not.toContain('tier.name fitting fast quality');
    expect(show(offers, crisp)).toContain('tier.name fitting fast quality');
    const set = (asked: typeof crisp, value: string) => {
      const field = find(listFields(asked, offers, tasks), 'upscale.tier');
      return [field.value, field.kind === 'choice' && field.change(value)] as const;
    };
    const best = parseRecipe({ ...fields, variant: 'crisp', tier: 'quality' });
    expect(set(crisp, 'quality')).toEqual(['fitting', best]);
    expect(set(best, 'fitting')).toEqual(['quality', crisp]);
  });

  test('knows what is asked for, and how to ask for something else', () => {
    const asked = parseRecipe({ ...fields, clean: { noise: 20, jpeg: 0 } });
    const shown = listFields(asked, all, tasks);
    const values = shown.map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(values)).toEqual({
      ...{ 'upscale.scale': 2, 'upscale.variant': 'faithful' },
      ...{ 'clean.noise': 20, 'clean.jpeg': 0, 'deblur.amount': 0 },
    });
    const change = (key: string, value: number) => {
      const field = find(shown, key);
      return field.kind === 'percent' ? field.change(value) : field.change(value);
    };
    const noisy = { clean: { noise: 20, jpeg: 0 } };
    expect(change('deblur.amount', 30)).toEqual(parseRecipe({ ...fields, ...noisy, deblur: 30 }));
    expect(change('upscale.scale', 4)).toEqual(parseRecipe({ ...fields, ...noisy, scale: 4 }));
    expect(change('clean.jpeg', 9)).toEqual(
      parseRecipe({ ...fields, clean: { noise: 20, jpeg: 9 } }),
    );
  });

  test('shows a new task as soon as it has a row and a model', () => {
    const offers = [...all, can('colourise')];
    expect(show(offers, recipe, withColour).slice(5)).toEqual([
      'deblur.name',
      'variant.name warm cool',
    ]);
    const field = find(listFields(recipe, offers, withColour), 'colourise.amount');
    const asked = field.kind === 'percent' && field.change(30);
    expect(asked).toEqual({
      ...recipe,
      steps: [{ task: 'colourise', amount: 30, mood: 'warm' }, ...recipe.steps],
    });
  });

  test('has no field for where a region lies', () => {
    const shown = listFields(recipe, all, withFace).map(({ key }) => key);
    expect(shown).not.toContain('face.box');
    expect(shown).not.toContain('face.steps');
  });
});

test('a checkbox is a field of its own, and what is about a search is shown where a model does that', () => {
  const list = (asked: Recipe, offers = all) =>
    listToggles(asked, offers, tasks).filter(({ key }) => key === 'heal');
  const [heal] = list(recipe);
  expect(heal).toMatchObject({ key: 'heal', value: false, isMarked: true, fields: [] });
  const on = heal!.change(true);
  expect(list(on)).toMatchObject([{ value: true, fields: [] }]);
  const [finding] = list(on, [...all, can('find-damage')]);
  expect(finding!.fields).toMatchObject([
    { key: 'heal.sensitivity', search: 'find-damage', least: 1, value: 50 },
  ]);
  expect(heal!.change(false)).toEqual(recipe);
  expect(listFields(on, all, tasks).map(({ key }) => key)).not.toContain('heal.sensitivity');
});

test('what is suggested of a task with a checkbox has it checked, and can be switched off', () => {
  const asked = parseRecipe({ v: 2, steps: [{ task: 'pattern', amount: 70 }] });
  const [, pattern] = listToggles(asked, [], tasks);
  expect(pattern).toMatchObject({ key: 'pattern', value: true, isMarked: false });
  expect(pattern!.fields).toMatchObject([{ key: 'pattern.amount', least: 1, value: 70 }]);
  expect(pattern!.change(false).steps).toEqual([]);
});
