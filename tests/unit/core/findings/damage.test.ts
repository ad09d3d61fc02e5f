import { describe, expect, test } from 'vitest';
import {
  markFound,
  raisePlane,
  reduceByMeans,
  searchFactor,
} from '../../../../src/core/findings/damage';
import { deepen, drawNoise } from '../pictures';

/** A plane of zeros with some values at places [x, y, value]. */
function plane(width: number, height: number, ...places: readonly [number, number, number][]) {
  const values = new Uint8Array(width * height);
  for (const [x, y, value] of places) values[y * width + x] = value;
  return values;
}

describe('a photo that damage is looked for in', () => {
  test.each([
    [640, 480, 1],
    [2000, 1600, 1],
    [2001, 1600, 2],
    [4000, 3000, 2],
    [65000, 20, 1],
    [12000, 8000, 6],
  ])('%i x %i is reduced by %i', (width, height, factor) => {
    expect(searchFactor({ width, height })).toBe(factor);
  });

  test('reduced, it is the mean of what there is, at the right and the bottom too, without alpha', () => {
    const source = drawNoise(7, 5, true);
    const reduced = reduceByMeans(source, 3);
    expect([reduced.width, reduced.height, reduced.hasAlpha]).toEqual([3, 2, false]);
    const at = (x: number, y: number) => source.data[(y * 7 + x) * 4 + 1]!;
    const corner = (at(6, 3) + at(6, 4)) / 2;
    expect(Math.abs(reduced.data[5 * 4 + 1]! - corner)).toBeLessThanOrEqual(0.5);
    expect(reduced.data[5 * 4 + 3]).toBe(255);
    const first = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => at(x, y)));
    const mean = first.reduce((sum, each) => sum + each) / 9;
    expect(Math.abs(reduced.data[1]! - mean)).toBeLessThanOrEqual(0.5);
    expect(reduceByMeans(source, 1)).toBe(source);
  });

  test('of 16 bits keeps them', () => {
    const deep = reduceByMeans(deepen(drawNoise(8, 8)), 2);
    const plain = reduceByMeans(drawNoise(8, 8), 2);
    for (const [i, level] of plain.data.entries())
      expect(Math.abs(deep.data[i]! / 257 - level)).toBeLessThanOrEqual(0.51);
  });
});

describe('a plane at the size of its photo', () => {
  test('stays flat where it is flat, and has its values in the middle of its pixels', () => {
    expect(new Set(raisePlane(plane(3, 2).fill(77), { width: 7, height: 6 }, 3))).toEqual(
      new Set([77]),
    );
    const raised = raisePlane(plane(3, 1, [1, 0, 200]), { width: 9, height: 3 }, 3);
    expect([...raised.subarray(9, 18)]).toEqual([0, 0, 67, 133, 200, 133, 67, 0, 0]);
  });

  test('is the same at factor 1, and of any odd size', () => {
    const values = plane(4, 4, [1, 1, 9]);
    expect(raisePlane(values, { width: 4, height: 4 }, 1)).toBe(values);
    expect(raisePlane(plane(1, 1).fill(5), { width: 1, height: 1 }, 2)).toEqual(
      plane(1, 1).fill(5),
    );
    expect(raisePlane(plane(3, 1), { width: 5, height: 1 }, 2)).toHaveLength(5);
  });
});

describe('what counts as damage', () => {
  const size = { width: 12, height: 9 };
  const likely = plane(12, 9, [6, 4, 230]);

  test('is what has nine chances in ten at 50, and two pixels round it', () => {
    const marked = markFound(likely, size, 50);
    for (let y = 0; y < 9; y++)
      for (let x = 0; x < 12; x++) {
        const isNear = Math.abs(x - 6) <= 2 && Math.abs(y - 4) <= 2;
        expect([x, y, marked[y * 12 + x]]).toEqual([x, y, isNear ? 255 : 0]);
      }
    expect(markFound(plane(12, 9, [6, 4, 229]), size, 50).some(Boolean)).toBe(false);
  });

  test('grows with the sensitivity, from what is nearly sure to a chance of a twentieth', () => {
    const every = Uint8Array.from({ length: 256 }, (_, p) => p);
    const least = (sensitivity: number) =>
      every.find(
        (p) => markFound(Uint8Array.of(p), { width: 1, height: 1 }, sensitivity)[0] === 255,
      );
    const found = [0, 1, 25, 50, 75, 100].map(least);
    expect(found).toEqual([...found].sort((a, b) => b! - a!));
    expect(found[0]).toBe(Math.ceil(255 * 0.99));
    expect(found.at(-1)).toBe(Math.ceil(255 * 0.05));
  });

  test('does not leave the picture, and does not go on in the next row', () => {
    const marked = markFound(plane(12, 9, [11, 0, 255]), size, 50);
    expect(marked[12]).toBe(0);
    expect(marked.reduce((sum, each) => sum + Number(each > 0), 0)).toBe(9);
    expect(markFound(new Uint8Array(108).fill(255), size, 50).every((each) => each === 255)).toBe(
      true,
    );
  });
});
