import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mask } from '../../../../src/core/recipe/finish';
import {
  createMask,
  invertMask,
  MaskStroke,
  mostPaintedSide,
  type BrushTip,
} from '../../../../src/core/run/mask-brush';

const photo = { width: 100, height: 60 };
const tip: BrushTip = { radius: 10, softness: 0, flow: 1, value: 0 };

const paint = (
  changes: Partial<BrushTip>,
  points: readonly (readonly [x: number, y: number, pressure?: number])[],
  before: Mask = createMask(photo, 255),
): Mask => {
  const stroke = new MaskStroke(before, photo, { ...tip, ...changes });
  for (const [x, y, pressure = 1] of points) stroke.move({ x, y, pressure });
  return stroke.mask;
};

const at = ({ width, values }: Mask, x: number, y: number) => values[y * width + x]!;

test('a mask lies on the photo’s own grid, and on a coarser one where that is large', () => {
  expect(createMask(photo, 7)).toMatchObject({ ...photo, photo });
  for (const sides of [
    { width: 11_600, height: 8700 },
    { width: 8700, height: 11_600 },
    { width: 30_000, height: 1 },
  ]) {
    const { width, height, values } = createMask(sides, 0);
    expect(Math.max(width, height)).toBe(mostPaintedSide);
    expect(values.length).toBe(width * height);
    // A mask of 100 megapixels.
    expect(values.length).toBeLessThan(25e6);
    if (sides.height > 1) expect(width / height).toBeCloseTo(sides.width / sides.height, 2);
  }
});

describe('a stroke', () => {
  test('of a hard brush sets all within its radius, and nothing beyond', () => {
    const mask = paint({}, [[50, 30]]);
    for (let y = 0; y < 60; y++)
      for (let x = 0; x < 100; x++) {
        const distance = Math.hypot(x + 0.5 - 50, y + 0.5 - 30);
        if (distance < 9.4) expect(at(mask, x, y)).toBe(0);
        if (distance > 10.6) expect(at(mask, x, y)).toBe(255);
      }
  });

  test('is a line without gaps, however fast it is drawn', () => {
    const fast = paint({ radius: 3 }, [
      [5, 5],
      [95, 55],
    ]);
    for (let i = 0; i <= 100; i++) {
      const [x, y] = [5 + 0.9 * i, 5 + 0.5 * i];
      expect(at(fast, Math.min(94, Math.floor(x)), Math.min(54, Math.floor(y)))).toBe(0);
    }
  });

  test('does not hang on how often the pointer tells where it is', () => {
    const few = paint({ flow: 0.3, softness: 0.8 }, [
      [20, 30],
      [80, 30],
    ]);
    const points = Array.from({ length: 61 }, (_, i) => [20 + i, 30] as const);
    const many = paint({ flow: 0.3, softness: 0.8 }, points);
    const off = few.values.map((value, i) => Math.abs(value - many.values[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(2);
  });

  test('fades out where the brush is soft, and never rises outwards', () => {
    const mask = paint({ softness: 1 }, [[50, 30]]);
    const values = Array.from({ length: 12 }, (_, i) => at(mask, 50 + i, 30));
    expect(values.every((value, i) => i === 0 || value >= values[i - 1]!)).toBe(true);
    expect(values.filter((value) => value > 20 && value < 235).length).toBeGreaterThan(4);
  });

  test('of little flow reaches the value itself when it is repeated', () => {
    for (const [value, before] of [
      [0, 255],
      [255, 0],
    ] as const) {
      let mask = createMask(photo, before);
      for (let i = 0; i < 80; i++) mask = paint({ flow: 0.1, value }, [[50, 30]], mask);
      expect(at(mask, 50, 30)).toBe(value);
    }
  });

  test('is weaker where it is pressed less', () => {
    const light = paint({}, [[50, 30, 0.3]]);
    expect(at(light, 50, 30)).toBeGreaterThan(150);
    expect(at(light, 50, 30)).toBeLessThan(200);
  });

  test('leaves what it is painted on as it was, and gives buffers of their own', () => {
    const before = createMask(photo, 255);
    const stroke = new MaskStroke(before, photo, tip);
    stroke.move({ x: 50, y: 30, pressure: 1 });
    stroke.mask.values.fill(9);
    expect(at(stroke.mask, 50, 30)).toBe(0);
    expect(before.values.every((value) => value === 255)).toBe(true);
  });

  test('may go anywhere, also beside the photo', () => {
    const place = fc.double({ min: -200, max: 300, noNaN: true });
    const point = fc.tuple(place, place);
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 5 }),
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        (points, radius) => {
          const { values } = paint({ radius, softness: 0.5 }, points);
          expect(values.length).toBe(6000);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('inverted twice it is what it was', () => {
  const mask = paint({ softness: 1 }, [[50, 30]]);
  expect(at(invertMask(mask), 50, 30)).toBe(255 - at(mask, 50, 30));
  expect(invertMask(invertMask(mask))).toEqual(mask);
});
