import { describe, expect, test } from 'vitest';
import { suggest } from '../../../../src/core/findings/suggest';
import { makePlan } from '../../../../src/core/plan/plan';
import { networksOf } from '../../../../src/core/plan/step-plan';
import type { Capabilities, Model } from '../../../../src/core/plan/tile-size';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import type { NetworkKind } from '../../../../src/core/recipe/kinds';
import { limitRecipe, type Offers } from '../../../../src/core/recipe/offers';
import { layOver, parseRecipe } from '../../../../src/core/recipe/parsing';
import { withScale, type Step } from '../../../../src/core/recipe/recipe';
import { writeShort } from '../../../../src/core/recipe/short-form';
import { tasks } from '../../../../src/core/recipe/tasks';
import { withColour, withFace } from '../fake-tasks';

const machine: Capabilities = {
  ...{ backend: 'wasm', software: false, bindingBytes: 2 ** 30, memory: 'large' },
};
const model: Model = {
  ...{ scale: 1, halo: 7, multiple: 1, controls: ['warmth'], macsPerPixel: 10, widestBytes: 64 },
};

/** A model that enlarges as the step says. */
const choose = ({ scale }: Step<NetworkKind>): Model => ({ ...model, scale });
const photo = { width: 90, height: 60 };
const asked = {
  v: 2,
  steps: [
    { task: 'colourise', amount: 80, mood: 'warm' },
    { task: 'upscale', scale: 2, variant: 'faithful' },
  ],
  finish: neutralFinish,
};

describe('another row is all that another task needs', () => {
  const recipe = parseRecipe(asked, 'recipe', withColour);

  test('to be read, in both forms, and refused by its paths', () => {
    expect(recipe).toEqual(asked);
    expect(writeShort(recipe, withColour)).toEqual({
      ...{ v: 1, scale: 2, variant: 'faithful', colourise: { amount: 80, mood: 'warm' } },
    });
    const plain = withScale({ ...recipe, steps: [] }, 2, withColour);
    const fields = { colourise: { amount: 80, mood: 'warm' } };
    expect(layOver(plain, fields, withColour)).toEqual(asked);
    const wrong = { ...asked, steps: [{ task: 'colourise', mood: 'gloomy' }] };
    expect(() => parseRecipe(wrong, 'recipe', withColour)).toThrow('recipe.steps[0].mood');
    expect(() => parseRecipe(asked)).toThrow('recipe.steps[0].task');
  });

  test('to be suggested for what it answers', () => {
    const soft = {
      ...{ noise: 0, jpegQuality: 100, jpegEvidence: 'none' as const, blur: 0, shake: 0 },
      ...{ effectiveResolution: 0.3, printed: false, faded: false, drawn: false },
    };
    expect(suggest(soft, 2, withColour).recipe).toEqual(asked);
    expect(suggest(soft, 2).recipe.steps).toHaveLength(1);
  });

  test('to be planned, with what its network is told', () => {
    const plan = makePlan(recipe, photo, machine, { choose, table: withColour });
    expect(plan.output).toEqual({ width: 180, height: 120 });
    expect(networksOf(plan.steps)[0]).toMatchObject({
      ...{ step: { task: 'colourise' }, controls: [0.8], planes: ['warmth'], reach: 7 },
    });
  });

  test('to be left out where no model does it', () => {
    const upscale = { task: 'upscale', scale: 2, variant: 'faithful' } as const;
    const able = { ...upscale, task: 'colourise', scale: 1 } as unknown as Offers[number];
    expect(limitRecipe(recipe, [upscale], withColour).steps).toEqual([asked.steps[1]]);
    expect(limitRecipe(recipe, [upscale, able], withColour)).toEqual(recipe);
  });

  test('to be done by a network of another tier before it is done by another enlarger', () => {
    const able = { task: 'upscale', scale: 4, variant: 'crisp', tier: 'fast' } as const;
    const limit = (tier: string, offers: Offers) =>
      limitRecipe(parseRecipe({ v: 1, scale: 4, variant: 'crisp', tier }), offers).steps;
    const crisp = { task: 'upscale', scale: 4, variant: 'crisp' };
    expect(limit('quality', [able])).toEqual([crisp]);
    expect(limit('fast', [able])).toEqual([able]);
    expect(limit('quality', [])).toEqual([{ ...crisp, variant: 'faithful' }]);
  });
});

describe('a region', () => {
  const ask = (box: object) => {
    const steps = [{ task: 'clean', noise: 50, jpeg: 0 }];
    const face = { task: 'face', box, steps, amount: 60 };
    return parseRecipe({ v: 2, steps: [face] }, 'recipe', withFace);
  };
  const plan = (box: object) =>
    makePlan(ask(box), photo, machine, { choose, table: withFace, paceOf: () => 1e-6 });

  test('is planned with the steps inside, over all that its box is made from', () => {
    const [region] = plan({ x: 3, y: 30, width: 20, height: 100 }).steps;
    expect(region).toMatchObject({
      ...{ kind: 'region', step: { amount: 0.6 }, planes: ['warmth'], reach: 7 },
      box: { x: 3, y: 30, width: 20, height: 30 },
      read: { x: 0, y: 23, width: 30, height: 37 },
      steps: [{ kind: 'network', step: { task: 'clean' } }],
    });
    expect(region!.work).toBe(30 * 37 * 10);
    expect(region!.seconds).toBeGreaterThan(0);
    // The picture in and out with the photo, and the same of the box.
    expect(region!.rasterBytes).toBe(3 * 4 * (90 * 60 + 30 * 37));
    expect(region!.workBytes).toBeGreaterThan(0);
  });

  test('outside of the photo is no work', () => {
    const { steps, work, seconds } = plan({ x: 90, y: 0, width: 5, height: 5 });
    expect(steps[0]).toMatchObject({ box: null, steps: [] });
    expect([work, seconds]).toEqual([0, 0]);
  });
});

test('every task of the table has a place of its own in the panel', () => {
  const places = tasks.map(({ place }) => place);
  expect(new Set(places).size).toBe(places.length);
});
