import { optionValidator as check } from '../validator';
import { lengthUnits, targetSides, type TargetSize } from './target-size';

/** What a target may be, so that no slip of the finger asks for a picture that nothing can hold. */
const ranges = {
  factor: [0.01, 16],
  pixels: [1, 100_000],
  megapixels: [0.001, 1000],
  width: [0.1, 1000],
  dpi: [10, 2400],
} as const;

/**
 * Checks a target that came from outside.
 *
 * @param value Anything.
 * @param path Where it lies, for the message.
 * @returns A new, typed target.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseTarget(value: unknown, path: string): TargetSize {
  const kinds = ['factor', ...targetSides, 'megapixels', 'print'] as const;
  const by = check.oneOf(check.object(value, path)['by'], kinds, `${path}.by`);
  const read = (names: readonly string[]) => check.object(value, path, ['by', ...names]);
  switch (by) {
    case 'factor': {
      const { factor } = read(['factor']);
      return { by, factor: check.between(factor, ranges.factor, `${path}.factor`) };
    }
    case 'megapixels': {
      const { megapixels } = read(['megapixels']);
      const wanted = check.between(megapixels, ranges.megapixels, `${path}.megapixels`);
      return { by, megapixels: wanted };
    }
    case 'print': {
      const { width, unit, dpi } = read(['width', 'unit', 'dpi']);
      return {
        by,
        width: check.between(width, ranges.width, `${path}.width`),
        unit: check.oneOf(unit ?? 'cm', lengthUnits, `${path}.unit`),
        dpi: check.between(dpi ?? 300, ranges.dpi, `${path}.dpi`),
      };
    }
    default: {
      const { pixels } = read(['pixels']);
      return { by, pixels: check.whole(pixels, ranges.pixels, `${path}.pixels`) };
    }
  }
}
