import { fitScale, savedSize } from '../../../../src/core/recipe/fitting';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOver, parseRecipe } from '../../../../src/core/recipe/parsing';
import { isSamePlan, isSameWork, scaleOf } from '../../../../src/core/recipe/recipe';
import { parseTarget } from '../../../../src/core/recipe/target-parsing';
import {
  scaleFor,
  targetSides,
  targetSize,
  type TargetSize,
} from '../../../../src/core/recipe/target-size';

const photo = { width: 1200, height: 800 };
const recipe = parseRecipe({ v: 1, scale: 2, variant: 'crisp' });
const fit = (size: TargetSize) => scaleOf(fitScale({ ...recipe, size }, photo));

describe('a target size', () => {
  test.each<[TargetSize, number, number]>([
    [{ by: 'factor', factor: 1.5 }, 1800, 1200],
    [{ by: 'width', pixels: 1999 }, 1999, 1333],
    [{ by: 'height', pixels: 1000 }, 1500, 1000],
    [{ by: 'longer', pixels: 3000 }, 3000, 2000],
    [{ by: 'shorter', pixels: 3000 }, 4500, 3000],
    [{ by: 'megapixels', megapixels: 24 }, 6000, 4000],
    [{ by: 'print', width: 30, unit: 'cm', dpi: 300 }, 3543, 2362],
    [{ by: 'print', width: 10, unit: 'inch', dpi: 240 }, 2400, 1600],
    [{ by: 'longer', pixels: 1 }, 1, 1],
  ])('%o of 1200 × 800 is %i × %i', (target, width, height) => {
    expect(targetSize(target, photo)).toEqual({ width, height });
    expect(parseTarget(target, 'size')).toEqual(target);
    expect(savedSize({ ...recipe, size: target }, photo)).toEqual({ width, height });
  });

  test('a side that is told is exactly that, whatever the photo', () => {
    const side = fc.integer({ min: 1, max: 60_000 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        fc.constantFrom(...targetSides),
        (width, height, pixels, by) => {
          const size = targetSize({ by, pixels }, { width, height });
          const told = {
            ...{ width: size.width, height: size.height },
            longer: Math.max(size.width, size.height),
            shorter: Math.min(size.width, size.height),
          };
          expect(told[by]).toBe(pixels);
        },
      ),
    );
  });

  test('is reached by the smallest enlargement that leaves no more than a tenth to the resampling', () => {
    const scales = [0.3, 1, 1.1, 1.2, 2, 2.2, 2.3, 3, 4, 9].map(scaleFor);
    expect(scales).toEqual([1, 1, 1, 2, 2, 2, 4, 4, 4, 4]);
    expect(fit({ by: 'factor', factor: 3 })).toBe(4);
    expect(fit({ by: 'longer', pixels: 1250 })).toBe(1);
    expect(fitScale({ ...recipe, size: { by: 'factor', factor: 3 } }, photo).size).toEqual({
      ...{ by: 'factor', factor: 3 },
    });
    expect(fitScale(recipe, photo)).toBe(recipe);
  });

  test('changes the plan, and the work only where another enlargement reaches it', () => {
    const three = fitScale({ ...recipe, size: { by: 'factor', factor: 3 } }, photo);
    const most = fitScale({ ...recipe, size: { by: 'factor', factor: 3.5 } }, photo);
    expect(isSameWork(three, most)).toBe(true);
    expect(isSamePlan(three, most)).toBe(false);
    expect(isSameWork(three, recipe)).toBe(false);
  });

  test('comes with a recipe of version 2, and with fields laid over one', () => {
    const size = { by: 'longer', pixels: 3000 } as const;
    expect(parseRecipe({ v: 2, steps: [], size }).size).toEqual(size);
    expect(layOver(recipe, { size }).size).toEqual(size);
    expect(layOver({ ...recipe, size }, { scale: 4 }).size).toEqual(size);
    expect('size' in parseRecipe({ v: 2, steps: [] })).toBe(false);
    const print = { by: 'print', width: 30 };
    expect(parseTarget(print, 'size')).toEqual({ ...print, unit: 'cm', dpi: 300 });
  });

  test.each([
    [{ by: 'area' }, 'size.by'],
    [{ by: 'factor', factor: 0 }, 'size.factor'],
    [{ by: 'factor', factor: 100 }, 'size.factor'],
    [{ by: 'width', pixels: 1.5 }, 'size.pixels'],
    [{ by: 'width', pixels: 10, height: 20 }, 'size.height'],
    [{ by: 'print', width: 10, unit: 'mm' }, 'size.unit'],
    [{ by: 'print', width: 10, dpi: 1 }, 'size.dpi'],
    [7, 'size'],
  ])('%o is refused, naming what is wrong', (value, path) => {
    expect(() => parseTarget(value, 'size')).toThrow(`option-wrong {"path":"${path}"`);
  });
});
