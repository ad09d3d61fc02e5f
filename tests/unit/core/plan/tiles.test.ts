import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planTiles } from '../../../../src/core/plan/tiles';

describe('planTiles', () => {
  test('tiles share a photo evenly: none is computed mostly for padding', () => {
    const side = fc.integer({ min: 1, max: 3000 });
    const multiples = fc.constantFrom(1, 2, 4);
    const wanted = fc.integer({ min: 16, max: 400 });
    fc.assert(
      fc.property(side, side, wanted, multiples, (width, height, tile, multiple) => {
        const geometry = { scale: 1, halo: 8, multiple } as const;
        const centre = { x: 0, y: 0 };
        const grid = planTiles({ width, height }, geometry, { tile, centre, bandBytes: 1e6 });
        for (const axis of ['width', 'height'] as const) {
          const side = { width, height }[axis];
          const parts = Math.ceil(side / grid.core[axis]);
          expect(grid.core[axis]).toBeLessThanOrEqual(Math.ceil(tile / multiple) * multiple);
          expect(grid.core[axis] % multiple).toBe(0);
          // Rounding up costs less than one pixel, then less than `multiple`, for each part.
          expect(parts * grid.core[axis] - side).toBeLessThan(parts * multiple);
        }
      }),
    );
  });
});
