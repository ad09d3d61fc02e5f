import { expect, test } from 'vitest';
import { createSearch, patchSide } from '../../../../src/core/film/patch-motion';
import type { Plane } from '../../../../src/core/picture/plane';

const size = { width: 48, height: 40 };

/** A smooth picture that is nowhere like itself, moved by some pixels, with more or less light. */
const wavy = (dx: number, dy: number, light = 0): Plane => ({
  ...size,
  values: Float32Array.from({ length: size.width * size.height }, (_, i) => {
    const [x, y] = [(i % size.width) - dx, Math.floor(i / size.width) - dy];
    const wave = Math.sin(x / 3.1) * Math.cos(y / 2.7) + Math.sin((x + 2 * y) / 7.3);
    return 128 + 40 * wave + light;
  }),
});

test.each([
  [1.25, -0.5, 0],
  [-0.75, 2.5, 0],
  [2, 1.25, 20],
])('a patch that moved by %f, %f is found, in light that changed by %i levels', (dx, dy, light) => {
  const search = createSearch(wavy(0, 0), wavy(dx, dy, light));
  search.begin(20, 16);
  expect(search.cost).toBe(Infinity);
  search.offerAll();
  search.refine();
  expect(Math.hypot(search.x - dx, search.y - dy)).toBeLessThan(0.15);
  const off = new Float32Array(patchSide * patchSide);
  search.differ(off);
  expect(Math.max(...off.map(Math.abs))).toBeLessThan(3);
});

test('what fits better is believed, and what fits worse is not', () => {
  const search = createSearch(wavy(0, 0), wavy(3, 0));
  search.begin(8, 8);
  search.offer(0, 0);
  const { cost } = search;
  search.offer(3, 0);
  expect([search.x, search.y]).toEqual([3, 0]);
  expect(search.cost).toBeLessThan(cost);
  search.offer(0, 0);
  expect([search.x, search.y]).toEqual([3, 0]);
});
