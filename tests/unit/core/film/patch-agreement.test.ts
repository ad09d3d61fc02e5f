import { expect, test } from 'vitest';
import { agreePatches } from '../../../../src/core/film/patch-agreement';

const [width, height] = [12, 9];
const count = width * height;

/** Patches that found a motion each, as firmly as is said of their texture. */
function gridOf(found: (column: number) => number, texture: (column: number) => number) {
  const grid = {
    ...{ width, height, x: new Float32Array(count), y: new Float32Array(count) },
    cost: new Float64Array(count).fill(20),
    curvature: new Float64Array(3 * count),
  };
  for (let i = 0; i < count; i++) {
    grid.x[i] = found(i % width);
    grid.curvature.set([texture(i % width), 0, texture(i % width)], 3 * i);
  }
  return grid;
}

test('patches without texture take the motion of those that have some', () => {
  const grid = gridOf(
    (column) => (column % 3 === 0 ? 2 : 1),
    (column) => (column % 3 === 0 ? 1e6 : 10),
  );
  agreePatches(grid);
  for (const value of grid.x) expect(Math.abs(value - 2)).toBeLessThan(0.4);
});

test('where things of firm texture move apart, the edge stays', () => {
  const grid = gridOf(
    (column) => (column < 6 ? -8 : 8),
    () => 4e4,
  );
  agreePatches(grid);
  grid.x.forEach((value, i) =>
    expect(Math.abs(value - (i % width < 6 ? -8 : 8))).toBeLessThan(0.5),
  );
  expect(grid.y.every((value) => Math.abs(value) < 1e-6)).toBe(true);
});
