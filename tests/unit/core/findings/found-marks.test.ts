import { expect, test } from 'vitest';
import { layFound } from '../../../../src/core/findings/found-marks';
import { found, hasMarks, unmarked, withFound } from '../../../../src/core/recipe/marks';
import { createMask } from '../../../../src/core/run/mask-brush';

const photo = { width: 40, height: 30 };
const grid = createMask(photo, unmarked);

/** How likely damage is, with one pixel where it is certain. */
function plane(x: number, y: number, width = 40, height = 30): Uint8Array {
  const probability = new Uint8Array(width * height);
  probability[y * width + x] = 255;
  return probability;
}

const cells = ({ values }: { readonly values: Uint8Array }) =>
  [...values].flatMap((value, i) => (value === found ? [i] : []));

test('a pixel that counts marks its cell, and those round it', () => {
  const mask = layFound(plane(20, 10), photo, grid, 50);
  expect(cells(mask)).toHaveLength(25);
  expect(mask.values[10 * 40 + 20]).toBe(found);
  expect(new Set(mask.values)).toEqual(new Set([found, unmarked]));
  expect(grid.values.every((value) => value === unmarked)).toBe(true);
});

test('a line of one pixel is not lost on a coarser grid', () => {
  const large = { width: 4096, height: 3 };
  const coarse = createMask(large, unmarked);
  expect([coarse.width, coarse.height]).toEqual([2048, 2]);
  const mask = layFound(plane(4095, 1, 4096, 3), large, coarse, 50);
  expect(mask.values[2047]).toBe(found);
  expect(mask.values[0]).toBe(unmarked);
});

test('what is found takes the place of what was found before, and of nothing that was painted', () => {
  const mask = (...values: number[]) => ({
    ...grid,
    width: 5,
    height: 1,
    values: Uint8Array.from(values),
  });
  const painted = mask(unmarked, found, 255, 0, 200);
  const search = mask(found, unmarked, unmarked, found, found);
  expect([...withFound(painted, search)!.values]).toEqual([found, unmarked, 255, 0, 200]);
  expect([...painted.values]).toEqual([unmarked, found, 255, 0, 200]);
});

test('marks stay the very same where nothing is new, and there are none where nothing is found', () => {
  const search = layFound(plane(20, 10), photo, grid, 50);
  expect(withFound(undefined, search)).toBe(search);
  expect(withFound(search, search)).toBe(search);
  expect(withFound(undefined, grid)).toBeUndefined();
  expect(hasMarks(withFound(search, grid))).toBe(false);
});
