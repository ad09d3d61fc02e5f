import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  coverPixels,
  intersect,
  snapRect,
  wholeRect,
  widen,
} from '../../../../src/core/picture/rect';

const place = fc.double({ min: -50, max: 50, noNaN: true });
const length = fc.integer({ min: 1, max: 60 });
const rects = fc.record({ x: place, y: place, width: length, height: length });
const sizes = fc.record({ width: length, height: length });

describe('the whole pixels under a rectangle', () => {
  test('hold all of it that lies in the picture, and nothing outside', () => {
    fc.assert(
      fc.property(rects, sizes, (rect, size) => {
        const pixels = coverPixels(rect, size);
        expect(Object.values(pixels).every(Number.isInteger)).toBe(true);
        expect(intersect(pixels, wholeRect(size))).toEqual(pixels);
        const seen = intersect(rect, wholeRect(size));
        if (!seen) return;
        expect(pixels.x).toBeLessThanOrEqual(seen.x);
        expect(seen.x - pixels.x).toBeLessThan(1);
        const slack = pixels.x + pixels.width - seen.x - seen.width;
        expect(slack).toBeGreaterThan(-1e-9);
        expect(slack).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  test('are one at least, beside the picture too', () => {
    const size = { width: 4, height: 3 };
    expect(coverPixels({ x: 9, y: -9, width: 1, height: 1 }, size)).toEqual({
      ...{ x: 3, y: 0, width: 1, height: 1 },
    });
  });
});

test('neighbours share an edge at any other size', () => {
  fc.assert(
    fc.property(sizes, sizes, fc.nat(59), (from, to, cut) => {
      const split = cut % from.width;
      const left = snapRect({ ...wholeRect(from), width: split }, from, to);
      const right = snapRect({ ...wholeRect(from), x: split, width: from.width - split }, from, to);
      expect(left.x + left.width).toBe(right.x);
      expect(left.width + right.width).toBe(to.width);
      expect(left.height).toBe(to.height);
    }),
  );
});

test('what is widened and cut back to itself is itself', () => {
  fc.assert(
    fc.property(sizes, length, (size, reach) => {
      const whole = wholeRect(size);
      expect(intersect(widen(whole, reach), whole)).toEqual(whole);
    }),
  );
  expect(intersect(wholeRect({ width: 2, height: 2 }), { x: 2, y: 0, width: 2, height: 2 })).toBe(
    null,
  );
});
