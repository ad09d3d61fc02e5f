import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../../src/core/findings/analyse';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { lightNoise } from '../../../../src/core/recipe/reasons';
import { writeShort } from '../../../../src/core/recipe/short-form';
import type { RecipeV1 } from '../../../../src/core/recipe/recipe';
import {
  looksShaken,
  suggest as suggestWhole,
  suggestScale,
} from '../../../../src/core/findings/suggest';

const clean: Analysis = {
  noise: 0,
  jpegQuality: 100,
  jpegEvidence: 'none',
  blur: 0,
  effectiveResolution: 1,
  shake: 0,
  printed: false,
  faded: false,
  drawn: false,
};
const scales = [1, 2, 4] as const;

/** A suggestion with its recipe in the short form, as version 1 was written. */
const suggest = (analysis: Analysis, scale: (typeof scales)[number]) => {
  const { recipe, reasons } = suggestWhole(analysis, scale);
  return { recipe: writeShort(recipe) as unknown as RecipeV1, reasons };
};

describe('a photo with nothing wrong', () => {
  test.each(scales)('is only enlarged, at %i', (scale) => {
    const suggestion = { recipe: { v: 1, scale, variant: 'faithful' }, reasons: [] };
    expect(suggest(clean, scale)).toEqual(suggestion);
    const hardly = { ...clean, noise: 2, jpegQuality: 96, blur: 0.7, effectiveResolution: 0.8 };
    expect(suggest(hardly, scale)).toEqual(suggestion);
  });

  test('a good JPEG is left alone at its size, and enlarged by what does not sharpen its blocks', () => {
    const good = { ...clean, jpegQuality: 92 };
    expect(suggest(good, 1).reasons).toEqual([]);
    expect(suggest(good, 2).recipe).toEqual({ v: 1, scale: 2, variant: 'crisp' });
    const { recipe } = suggest({ ...good, shake: 17 }, 2);
    expect(recipe.clean).toBeUndefined();
  });
});

describe('light damage', () => {
  test.each([2, 4] as const)('is left to the crisp enlarger, at %i', (scale) => {
    expect(suggest({ ...clean, noise: 8, jpegQuality: 60 }, scale)).toEqual({
      recipe: { v: 1, scale, variant: 'crisp' },
      reasons: [
        { kind: 'noise', sigma: 8 },
        { kind: 'jpeg', quality: 60 },
      ],
    });
  });

  test('is cleaned where nothing is enlarged', () => {
    expect(suggest({ ...clean, noise: 8, jpegQuality: 60 }, 1).recipe).toEqual({
      v: 1,
      clean: { noise: 16, jpeg: 40 },
      scale: 1,
      variant: 'faithful',
    });
  });

  test('is cleaned before a deblurring, which would sharpen it', () => {
    const { recipe } = suggest({ ...clean, noise: 6, blur: 1.6 }, 2);
    expect(recipe).toMatchObject({ clean: { noise: 12, jpeg: 0 }, variant: 'faithful' });
    expect(recipe.deblur).toBeGreaterThan(0);
  });
});

test('what a JPEG left of a drawing is cleaned before it is enlarged, where it shows', () => {
  const steps = (jpegQuality: number) => suggest({ ...clean, drawn: true, jpegQuality }, 2).recipe;
  expect(steps(75)).toMatchObject({ clean: { noise: 0, jpeg: 25 }, variant: 'crisp' });
  expect(steps(92).clean).toBeUndefined();
});

describe('noise', () => {
  test('is taken off as measured, from where it is seen', () => {
    const percent = (noise: number) => suggest({ ...clean, noise }, 1).recipe.clean?.noise ?? 0;
    expect(percent(2.4)).toBe(0);
    expect(percent(4)).toBe(8);
    expect(percent(40)).toBe(80);
  });
});

describe('strong damage', () => {
  test.each(scales)('is cleaned, each kind only where it is seen, at %i', (scale) => {
    const of = (damage: Partial<Analysis>) => suggest({ ...clean, ...damage }, scale).recipe;
    const rest = { v: 1, scale, variant: scale > 1 ? 'crisp' : 'faithful' };
    // The crisp enlarger takes the rest.
    const noise = (whole: number) => Math.round(whole * (scale > 1 ? 0.85 : 1));
    expect(of({ noise: 25 })).toEqual({ ...rest, clean: { noise: noise(50), jpeg: 0 } });
    expect(of({ jpegQuality: 20 })).toEqual({ ...rest, clean: { noise: 0, jpeg: 80 } });
    expect(of({ noise: 90, jpegQuality: 70 })).toEqual({
      ...rest,
      clean: { noise: noise(100), jpeg: 30 },
    });
  });
});

describe('blur', () => {
  test.each([1, 2] as const)('is undone in part, the more the wider it is, at %i', (scale) => {
    const amount = (blur: number) => suggest({ ...clean, blur }, scale).recipe.deblur ?? 0;
    expect(amount(1)).toBe(0);
    expect(amount(1.3)).toBeGreaterThan(30);
    expect(amount(2)).toBeGreaterThan(amount(1.3));
    expect(amount(8)).toBeLessThanOrEqual(70);
    expect(suggest({ ...clean, blur: 2 }, scale).reasons).toEqual([{ kind: 'blur', sigma: 2 }]);
  });

  test('is left alone at 4, under strong noise, and in an enlargement', () => {
    expect(suggest({ ...clean, blur: 2 }, 4)).toEqual(suggest(clean, 4));
    expect(suggest({ ...clean, blur: 2, noise: 20 }, 2).recipe.deblur).toBeUndefined();
    const enlarged = suggest({ ...clean, blur: 2, effectiveResolution: 0.5 }, 2);
    expect(enlarged.recipe).toEqual(suggest(clean, 2).recipe);
    expect(enlarged.reasons).toEqual([{ kind: 'soft', resolution: 0.5 }]);
  });
});

describe('shake', () => {
  test.each(scales)(
    'is taken back whole, whatever else made the photo look soft, at %i',
    (scale) => {
      const shaken = { ...clean, blur: 1.8, effectiveResolution: 0.3, shake: 17 };
      expect(suggest(shaken, scale)).toEqual({
        recipe: { v: 1, deblur: 100, scale, variant: 'faithful' },
        reasons: [{ kind: 'shake', pixels: 17 }],
      });
    },
  );

  test('is cleaned before', () => {
    const { recipe } = suggest({ ...clean, jpegQuality: 70, shake: 17 }, 2);
    expect(recipe).toMatchObject({ clean: { noise: 0, jpeg: 30 }, deblur: 100 });
  });

  test('is looked for in soft photos only, and not under noise', () => {
    expect(looksShaken(clean)).toBe(false);
    expect(looksShaken({ ...clean, blur: 0.4, effectiveResolution: 0.8 })).toBe(false);
    expect(looksShaken({ ...clean, effectiveResolution: 0.4 })).toBe(true);
    expect(looksShaken({ ...clean, blur: 1 })).toBe(true);
    expect(looksShaken({ ...clean, blur: 1, noise: 20 })).toBe(false);
  });
});

test('whatever was measured, the recipe is valid, and its parts and its reasons belong together', () => {
  const analysis = fc.record({
    noise: fc.double({ min: 0, max: 255, noNaN: true }),
    jpegQuality: fc.integer({ min: 1, max: 100 }),
    jpegEvidence: fc.constantFrom('tables' as const, 'blocks' as const, 'none' as const),
    blur: fc.double({ min: 0, max: 20, noNaN: true }),
    effectiveResolution: fc.double({ min: 0.01, max: 1, noNaN: true }),
    shake: fc.oneof(fc.constant(0), fc.integer({ min: 5, max: 125 })),
    printed: fc.boolean(),
    faded: fc.boolean(),
    drawn: fc.boolean(),
  });
  fc.assert(
    fc.property(analysis, fc.constantFrom(...scales), (measured, scale) => {
      const { recipe, reasons } = suggest(measured, scale);
      const whole = suggestWhole(measured, scale).recipe;
      expect(parseRecipe(whole)).toEqual(whole);
      expect(parseRecipe(recipe)).toEqual(whole);
      const has = (kind: string) => reasons.some((reason) => reason.kind === kind);
      const treats = recipe.clean !== undefined || recipe.variant === 'crisp';
      expect(treats).toBe(has('noise') || has('jpeg'));
      const isLeft = recipe.clean === undefined || measured.noise > lightNoise;
      expect(recipe.variant === 'crisp').toBe(
        scale > 1 && (has('jpeg') || (has('noise') && isLeft)),
      );
      expect((recipe.clean?.noise ?? 0) > 0).toBe(has('noise') && recipe.clean !== undefined);
      expect((recipe.clean?.jpeg ?? 0) > 0).toBe(has('jpeg') && recipe.clean !== undefined);
      expect(recipe.deblur !== undefined).toBe(has('blur') || has('shake'));
      if (scale === 1) expect(recipe.variant).toBe('faithful');
    }),
  );
});

test('a photo of more than eight megapixels is large enough as it is', () => {
  const sizes = [
    [40, 30],
    [4000, 2000],
    [4001, 2000],
    [3000, 4000],
  ].map(([width, height]) => suggestScale({ width: width!, height: height! }));
  expect(sizes).toEqual([2, 2, 1, 1]);
});
