import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { layOver, parseRecipe } from '../../../../src/core/recipe/parsing';
import { writeShort } from '../../../../src/core/recipe/short-form';
import { face, withFace } from '../fake-tasks';

const first = { v: 1, scale: 2, variant: 'faithful' };
const full = { ...first, clean: { noise: 36, jpeg: 60 }, deblur: 25 };
const second = {
  v: 2,
  steps: [
    { task: 'clean', noise: 36, jpeg: 60 },
    { task: 'deblur', amount: 25 },
    { task: 'upscale', scale: 2, variant: 'faithful' },
  ],
  finish: neutralFinish,
};
const box = { x: 0, y: 0, width: 1, height: 1 };

/** A list of steps that holds itself. */
function drawCircle(): unknown {
  const steps: unknown[] = [];
  steps.push({ task: 'face', box, steps, amount: 50 });
  return { v: 2, steps };
}

function refusal(work: () => unknown): EnhanceError {
  try {
    work();
  } catch (error) {
    if (error instanceof EnhanceError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a recipe from outside', () => {
  test('of version 1 means the same in version 2, without fields that are not known', () => {
    expect(parseRecipe({ ...full, extra: 1 })).toEqual(second);
    expect(parseRecipe(first)).toEqual({ ...second, steps: second.steps.slice(2) });
  });

  test('of version 2 comes back typed, with what was left out', () => {
    expect(parseRecipe(second)).toEqual(second);
    const steps = [{ task: 'clean', jpeg: 5 }, { task: 'deblur' }, { task: 'upscale' }];
    expect(parseRecipe({ v: 2, steps }).steps).toEqual([
      { task: 'clean', noise: 0, jpeg: 5 },
      { task: 'deblur', amount: 100 },
      { task: 'upscale', scale: 2, variant: 'faithful' },
    ]);
  });

  test('may ask for a tier, and says nothing of it where the pace is to decide', () => {
    const asked = { task: 'upscale', scale: 4, variant: 'crisp', tier: 'quality' };
    const { tier, ...open } = asked;
    expect(parseRecipe({ v: 2, steps: [asked] }).steps).toEqual([asked]);
    expect(parseRecipe({ v: 1, scale: 4, variant: 'crisp', tier }).steps).toEqual([asked]);
    expect(layOver(parseRecipe({ v: 2, steps: [open] }), { tier }).steps).toEqual([asked]);
    const fitting = { tier: 'fitting' };
    expect(parseRecipe({ v: 2, steps: [{ ...asked, ...fitting }] }).steps).toEqual([open]);
    expect(layOver(parseRecipe({ v: 2, steps: [asked] }), fitting).steps).toEqual([open]);
    expect(writeShort(parseRecipe({ v: 2, steps: [asked] }))).toMatchObject({ tier });
    expect(refusal(() => parseRecipe({ v: 2, steps: [{ ...asked, tier: 'best' }] }))).toMatchObject(
      { facts: { path: 'recipe.steps[0].tier' } },
    );
  });

  test('may call the crisp enlarger what it was called before, in either version', () => {
    const crisp = { task: 'upscale', scale: 4, variant: 'crisp' };
    const old = { ...crisp, variant: 'real' };
    expect(parseRecipe({ v: 2, steps: [old] }).steps).toEqual([crisp]);
    expect(parseRecipe({ v: 1, scale: 4, variant: 'real' }).steps).toEqual([crisp]);
    expect(layOver(parseRecipe(first), { variant: 'real', scale: 4 }).steps).toEqual([crisp]);
  });

  const steps = (...list: unknown[]) => ({ v: 2, steps: list });
  test.each<[path: string, value: unknown]>([
    ['recipe', null],
    ['recipe', []],
    ['recipe.v', {}],
    ['recipe.v', { ...second, v: 3 }],
    ['recipe.scale', { ...first, scale: 3 }],
    ['recipe.variant', { v: 1, scale: 2 }],
    ['recipe.clean', { ...first, clean: 5 }],
    ['recipe.clean.noise', { ...first, clean: { jpeg: 5 } }],
    ['recipe.clean.jpeg', { ...first, clean: { noise: 5, jpeg: 101 } }],
    ['recipe.deblur', { ...first, deblur: NaN }],
    ['recipe.deblur', { ...first, deblur: '5' }],
    ['recipe.scale', { ...second, scale: 2 }],
    ['recipe.steps', { v: 2 }],
    ['recipe.steps', steps(...Array<object>(1000).fill({ task: 'clean' }))],
    ['recipe.steps[0]', steps(7)],
    ['recipe.steps[0].task', steps({ task: 'colourise' })],
    ['recipe.steps[0].task', steps({ task: 'toString' })],
    ['recipe.steps[1].task', steps({ task: 'upscale' }, { task: 'clean' })],
    ['recipe.steps[1].task', steps({ task: 'clean' }, { task: 'clean' })],
    ['recipe.steps[1].noise', steps({ task: 'clean' }, { task: 'deblur', noise: 5 })],
    ['recipe.steps[0].noise', steps({ task: 'clean', noise: 101 })],
    ['recipe.steps[0].noise', steps({ task: 'clean', noise: null })],
    ['recipe.steps[0].scale', steps({ task: 'upscale', scale: '2' })],
    ['recipe.steps[0].task', drawCircle()],
    ['recipe.finish', { ...second, finish: 1 }],
    ['recipe.finish.strength', { ...second, finish: { strength: 1.5 } }],
    ['recipe.finish.grain.size', { ...second, finish: { grain: { size: 0 } } }],
  ])('names %s where it is wrong', (path, value) => {
    const { code, problem, facts } = refusal(() => parseRecipe(value));
    expect([code, problem]).toEqual(['bad-option', 'option-wrong']);
    expect(facts).toMatchObject({ path });
  });

  test('whatever it is, it is a recipe or refused by a path', () => {
    const recipe = fc.oneof(
      fc.jsonValue(),
      fc.record({
        v: fc.constantFrom(1, 2, 3),
        ...{ steps: fc.jsonValue(), clean: fc.jsonValue(), deblur: fc.jsonValue() },
        ...{ scale: fc.constantFrom(1, 2, 4, 8), variant: fc.constantFrom('faithful', 'x') },
      }),
      fc.record({
        v: fc.constant(2),
        steps: fc.array(
          fc.record(
            {
              task: fc.constantFrom('clean', 'deblur', 'upscale', 'face'),
              ...{ noise: fc.jsonValue(), amount: fc.integer({ min: -5, max: 105 }) },
              ...{ scale: fc.constantFrom(1, 2, 4), steps: fc.jsonValue() },
            },
            { requiredKeys: ['task'] },
          ),
        ),
        finish: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(recipe, (value) => {
        let parsed;
        try {
          parsed = parseRecipe(value);
        } catch (error) {
          const path = expect.stringMatching(/^recipe/) as string;
          expect(error).toMatchObject({ problem: 'option-wrong', facts: { path } });
          return;
        }
        expect(parseRecipe(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  const percent = fc.double({ min: 0, max: 100, noNaN: true });
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const fields = fc
    .record({
      clean: some(fc.record({ noise: percent, jpeg: percent })),
      deblur: some(percent),
      scale: fc.constantFrom(1, 2, 4),
      variant: fc.constantFrom('faithful', 'crisp'),
    })
    .map((each) => ({ v: 1, ...each }));

  test('survives being written and read, in either version', () => {
    fc.assert(
      fc.property(fields, (value) => {
        const recipe = parseRecipe(value);
        expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
        expect(parseRecipe(writeShort(recipe))).toEqual(recipe);
      }),
    );
  });
});

describe('regions', () => {
  const inside = (steps: unknown) => ({ v: 2, steps: [{ task: 'face', box, steps, amount: 50 }] });

  test('hold steps of their own, and there may be several', () => {
    const steps = [{ task: 'clean', noise: 5, jpeg: 0 }];
    const recipe = { ...inside(steps), finish: neutralFinish };
    recipe.steps.push(...recipe.steps);
    expect(parseRecipe(recipe, 'recipe', withFace)).toEqual(recipe);
    expect(face.most).toBeGreaterThan(1);
  });

  test.each<[path: string, value: unknown]>([
    ['recipe.steps[0].steps[0].task', drawCircle()],
    ['recipe.steps[0].steps', inside([{ task: 'upscale', scale: 2 }])],
    ['recipe.steps[0].steps', inside(undefined)],
    ['recipe.steps[0].box.x', { v: 2, steps: [{ task: 'face', box: { ...box, x: -1 } }] }],
    ['recipe.steps', { v: 2, steps: Array<object>(1000).fill({ task: 'face' }) }],
  ])('neither nest nor enlarge: %s', (path, value) => {
    const { code, facts } = refusal(() => parseRecipe(value, 'recipe', withFace));
    expect(code).toBe('bad-option');
    expect(facts).toMatchObject({ path });
  });
});

describe('fields laid over a recipe', () => {
  const below = parseRecipe(full);

  test('take the place of what they name, and leave the rest', () => {
    expect(layOver(below, {})).toEqual(below);
    expect(layOver(below, { deblur: 30, variant: 'crisp' })).toEqual(
      parseRecipe({ ...full, deblur: 30, variant: 'crisp' }),
    );
    expect(layOver(parseRecipe(first), { clean: { noise: 1, jpeg: 2 } })).toEqual(
      parseRecipe({ ...first, clean: { noise: 1, jpeg: 2 } }),
    );
    const faint = layOver(below, { finish: { strength: 0.5 } });
    expect(faint).toEqual({ ...below, finish: { ...neutralFinish, strength: 0.5 } });
    const steps = [{ task: 'deblur', amount: 1 }];
    expect(layOver(faint, { steps })).toEqual({ ...faint, steps });
    expect(layOver(faint, { v: 2 })).toEqual(faint);
  });

  test.each<[path: string, value: unknown]>([
    ['recipe', 5],
    ['recipe.v', { v: 3 }],
    ['recipe.scale', { scale: 7 }],
    ['recipe.clean.jpeg', { clean: { noise: 5 } }],
    ['recipe.steps[0].task', { steps: [{}] }],
    ['recipe.finish.strength', { finish: { strength: '1' } }],
  ])('are refused by their path: %s', (path, value) => {
    expect(refusal(() => layOver(below, value)).facts).toMatchObject({ path });
  });
});

describe('a frame of a recipe', () => {
  const whole = { crop: null, angle: 0, turns: 0, flip: false };
  const framed = (frame: unknown) => parseRecipe({ ...second, frame });

  test('comes back whole, and is left out where it leaves the photo as it is', () => {
    expect(framed({ turns: 1 }).frame).toEqual({ ...whole, turns: 1 });
    const crop = { x: 3, y: 0, width: 5, height: 1 };
    expect(framed({ crop, angle: -2.5, flip: true }).frame).toEqual({
      ...{ crop, angle: -2.5, turns: 0, flip: true },
    });
    expect('frame' in framed(whole)).toBe(false);
    expect(parseRecipe(JSON.parse(JSON.stringify(framed({ turns: 3 }))))).toEqual(
      framed({ turns: 3 }),
    );
    expect(layOver(framed({ turns: 1 }), { clean: { noise: 1, jpeg: 0 } }).frame?.turns).toBe(1);
    expect(layOver(framed({ turns: 1 }), { frame: {} }).frame).toBeUndefined();
  });

  test.each([
    ['recipe.frame', null],

    ['recipe.frame.angle', { angle: 46 }],
    ['recipe.frame.turns', { turns: 4 }],
    ['recipe.frame.flip', { flip: 1 }],
    ['recipe.frame.zoom', { zoom: 2 }],
    ['recipe.frame.crop.x', { crop: { x: 0.5, y: 0, width: 1, height: 1 } }],
    ['recipe.frame.crop.width', { crop: { x: 0, y: 0, width: 0, height: 1 } }],
    ['recipe.frame.crop.height', { crop: { x: 0, y: 0, width: 1, height: 1.5 } }],
  ])('is refused at %s', (path, frame) => {
    expect(refusal(() => framed(frame))).toMatchObject({
      problem: 'option-wrong',
      facts: { path },
    });
  });
});

describe('a tone of a recipe', () => {
  const toned = (tone: unknown) => parseRecipe({ ...second, tone });
  const neutral = { brightness: 0, temperature: 0, tint: 0, shadows: 0, highlights: 0 };

  test('comes back whole, and is left out where it leaves the photo as it is', () => {
    expect(toned({ tint: -0.5 }).tone).toEqual({ ...neutral, tint: -0.5 });
    expect('tone' in toned(neutral)).toBe(false);
    const negative = { base: [0.9, 0.6, 0.4], dense: [0.2, 0.1, 0.05], gamma: 1.5 };
    expect(toned({ negative }).tone).toEqual({ ...neutral, negative });
    expect(layOver(toned({ tint: 1 }), { clean: { noise: 1, jpeg: 0 } }).tone?.tint).toBe(1);
    expect(layOver(toned({ tint: 1 }), { tone: {} }).tone).toBeUndefined();
  });

  test.each([
    ['recipe.tone', 1],
    ['recipe.tone.brightness', { brightness: 3.1 }],
    ['recipe.tone.temperature', { temperature: -1.1 }],
    ['recipe.tone.shadows', { shadows: NaN }],
    ['recipe.tone.exposure', { exposure: 1 }],
    ['recipe.tone.negative', { negative: true }],
    ['recipe.tone.negative.base[2]', { negative: { base: [1, 1], dense: [0, 0, 0], gamma: 1 } }],
    [
      'recipe.tone.negative.dense[1]',
      { negative: { base: [1, 0.5, 1], dense: [0, 0.5, 0], gamma: 1 } },
    ],
    ['recipe.tone.negative.gamma', { negative: { base: [1, 1, 1], dense: [0, 0, 0], gamma: 4 } }],
  ])('is refused at %s', (path, tone) => {
    expect(refusal(() => toned(tone))).toMatchObject({ problem: 'option-wrong', facts: { path } });
  });
});
