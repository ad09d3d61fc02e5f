import { describe, expect, test } from 'vitest';
import { parseRecipe } from '../../../src/core/recipe/parsing';
import {
  asFile,
  parseEnhanceOptions,
  parseEnhancerOptions,
  parseOpenOptions,
  parsePlanOptions,
} from '../../../src/sdk/options';
import { asPublic } from '../../../src/sdk/public-error';

const recipe = { v: 1, clean: { noise: 20, jpeg: 0 }, scale: 4, variant: 'crisp' } as const;

/** What a page without types may pass. */
const wild = (value: unknown) => value as never;

describe('what is left out', () => {
  test('has the defaults that the types state', () => {
    const { onProgress, ...rest } = parseEnhanceOptions({});
    expect(rest).toEqual({
      ...{ recipe: null, scale: 2, format: 'auto', quality: 90, strength: 1 },
      metadata: { keep: true, isAnonymous: false, mark: true },
    });
    expect(onProgress).toBeTypeOf('function');
    expect(parseEnhancerOptions({})).toEqual({ backend: 'auto', models: null, own: [] });
    expect(parseOpenOptions({ scale: 4 })).toEqual({ recipe: null, scale: 4 });
  });

  test('says of the photo what is wanted', () => {
    expect(parseEnhanceOptions({ metadata: 'anonymous', mark: false }).metadata).toEqual({
      ...{ keep: true, isAnonymous: true, mark: false },
    });
    expect(parseEnhanceOptions({ metadata: 'none' }).metadata.keep).toBe(false);
    expect(() => parseEnhanceOptions({ metadata: 'some' as never })).toThrow(/options\.metadata/);
  });

  test('a recipe brings its own scale', () => {
    const parsed = parseRecipe(recipe);
    expect(parsePlanOptions({ recipe })).toEqual({ recipe: parsed, scale: 4 });
    expect(parsePlanOptions({ recipe: parsed, scale: 4 })).toEqual({ recipe: parsed, scale: 4 });
  });

  test('and its own strength, where no other is given', () => {
    const faint = { ...parseRecipe(recipe), finish: { strength: 0.25 } };
    expect(parseEnhanceOptions({ recipe: faint }).strength).toBe(0.25);
    expect(parseEnhanceOptions({ recipe: faint, strength: 0.5 }).strength).toBe(0.5);
  });
});

describe('what makes no sense is refused by its path', () => {
  const cases: [string, (value: never) => unknown, unknown][] = [
    ['options must be an object', parseEnhanceOptions, null],
    ['options must be an object', parseEnhancerOptions, 'wasm'],
    ['options.qualty must be one of', parseEnhanceOptions, { qualty: 5 }],
    ['options.format must be one of', parsePlanOptions, { format: 'png' }],
    ['options.backend must be auto or webgpu or wasm', parseEnhancerOptions, { backend: 'gpu' }],
    ['options.models must be a URL', parseEnhancerOptions, { models: 5 }],
    [
      'options.models[1] must be a URL',
      parseEnhancerOptions,
      { models: ['http://a.example/b', 5] },
    ],
    ['options.models must be a URL', parseEnhancerOptions, { models: 'http://' }],
    ['options.models must be a URL', parseEnhancerOptions, { models: 'data:application/json,{}' }],
    [
      'options.models must be a URL',
      parseEnhancerOptions,
      { models: 'file:///models/catalog.json' },
    ],
    [
      'options.models must be a URL',
      parseEnhancerOptions,
      { models: 'https://me@a.example/c.json' },
    ],
    ['options.scale must be 1 or 2 or 4', parseOpenOptions, { scale: 3 }],
    ['options.scale must be left out, or equal', parsePlanOptions, { recipe, scale: 2 }],
    ['options.signal must be an AbortSignal', parseOpenOptions, { signal: {} }],
    ['options.format must be auto or jpeg', parseEnhanceOptions, { format: 'bmp' }],
    ['options.quality must be a number from 1 to 100', parseEnhanceOptions, { quality: 0 }],
    ['options.strength must be a number from 0 to 1', parseEnhanceOptions, { strength: NaN }],
    ['options.onProgress must be a function', parseEnhanceOptions, { onProgress: 'yes' }],
    ['options.recipe must be an object', parseEnhanceOptions, { recipe: null }],
    [
      'options.recipe.clean.noise must be a number from 0 to 100',
      parseEnhanceOptions,
      { recipe: { ...recipe, clean: { noise: 101, jpeg: 0 } } },
    ],
    [
      'options.recipe.steps[0].noise must be a number from 0 to 100',
      parsePlanOptions,
      { recipe: { v: 2, steps: [{ task: 'clean', noise: '5' }] } },
    ],
    ['file must be a File or a Blob', asFile, '/me.png'],
  ];

  test.each(cases)('%s', (message, parse, value) => {
    const refuse = () => {
      try {
        parse(wild(value));
      } catch (error) {
        throw asPublic(error);
      }
    };
    expect(refuse).toThrow(
      expect.objectContaining({
        ...{ name: 'EnhanceError', code: 'bad-option' },
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});

test('a Blob without a name gets one; a File stays itself', () => {
  const file = new File(['x'], 'a.png');
  expect(asFile(file)).toBe(file);
  expect(asFile(new Blob(['x'], { type: 'image/png' }))).toMatchObject({
    name: 'photo',
    type: 'image/png',
  });
});
