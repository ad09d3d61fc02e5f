import { describe, expect, test } from 'vitest';
import {
  faceLevels,
  joinBoxes,
  readBoxes,
  type FaceBox,
} from '../../../../src/core/findings/faces';
import { createRaster } from '../../../../src/core/picture/raster';

/** What the network would say: five numbers of some shapes of box in some cells; of all others, that there is nothing. */
function tell(
  columns: number,
  rows: number,
  said: readonly (readonly [column: number, row: number, shape: number, numbers: number[]])[],
) {
  const plane = createRaster({ width: columns * 32, height: rows * 32 }, false, 16);
  for (const [column, row, shape, numbers] of said)
    numbers.forEach((number, i) => {
      const at = (row * 32 * plane.width + column * 32 + shape * 5 + i) * 4;
      plane.data[at] = Math.round((0.5 + number / 32) * 65535);
    });
  return plane;
}

const box = (x: number, y: number, side: number, score: number): FaceBox => ({
  ...{ x, y, width: side, height: side, score },
});

describe('what the network says', () => {
  test('is a box round a place in its cell, in sizes of its shape', () => {
    const [found, ...others] = readBoxes(tell(4, 2, [[2, 1, 0, [0, 0, 0, 0, 4]]]), 0.5);
    expect(others).toEqual([]);
    expect(found!.score).toBeCloseTo(1 / (1 + Math.exp(-4)), 3);
    expect(found!.width).toBeCloseTo(1.603231 / 4, 3);
    expect(found!.height).toBeCloseTo(2.094468 / 2, 3);
    expect(found!.x + found!.width / 2).toBeCloseTo(2.5 / 4, 3);
    expect(found!.y + found!.height / 2).toBeCloseTo(1.5 / 2, 3);
  });

  test('of a larger box to the side is read so', () => {
    const numbers = [2, -2, Math.log(1.5), Math.log(0.5), 1];
    const [found] = readBoxes(tell(10, 10, [[3, 4, 3, numbers]]), 0.5);
    expect(found!.width * 10).toBeCloseTo(4.266906 * 1.5, 2);
    expect(found!.height * 10).toBeCloseTo(5.178857 * 0.5, 2);
    expect((found!.x + found!.width / 2) * 10).toBeCloseTo(3 + 1 / (1 + Math.exp(-2)), 2);
    expect((found!.y + found!.height / 2) * 10).toBeCloseTo(4 + 1 / (1 + Math.exp(2)), 2);
  });

  test('is left out where it is not likely enough', () => {
    const plane = tell(2, 2, [
      [0, 0, 0, [0, 0, 0, 0, -1]],
      [1, 1, 4, [0, 0, 0, 0, 1]],
    ]);
    expect(readBoxes(plane, 0.5)).toHaveLength(1);
    expect(readBoxes(plane, 0.2)).toHaveLength(2);
  });
});

describe('faces of boxes', () => {
  test('are those that more than one size shows, each once', () => {
    const faces = joinBoxes([
      [box(0.1, 0.1, 0.2, 0.9), box(0.11, 0.1, 0.2, 0.6), box(0.6, 0.6, 0.2, 0.95)],
      [box(0.12, 0.1, 0.2, 0.8)],
      [box(0.1, 0.1, 0.19, 0.5)],
    ]);
    expect(faces).toEqual([box(0.1, 0.1, 0.2, 0.9)]);
  });

  test('are the likeliest first, and none in another', () => {
    const seen = [box(0.5, 0.5, 0.1, 0.8), box(0.1, 0.1, 0.3, 0.9), box(0.2, 0.2, 0.1, 0.8)];
    expect(joinBoxes([seen, seen, seen])).toEqual([seen[1], seen[0]]);
  });

  test('beside each other are two', () => {
    const pair = [box(0.1, 0.1, 0.2, 0.9), box(0.25, 0.1, 0.2, 0.85)];
    expect(joinBoxes([pair, pair, pair])).toEqual(pair);
  });

  test('are none where there is nothing', () => {
    expect(joinBoxes([[], []])).toEqual([]);
  });
});

test('a photo is looked at in whole cells, its large sizes reduced and any shape at all', () => {
  for (const size of [
    { width: 4000, height: 3000 },
    { width: 1, height: 1 },
    { width: 65_000, height: 20 },
    { width: 300, height: 450 },
  ]) {
    const levels = faceLevels(size);
    expect(levels.length).toBeGreaterThan(0);
    expect(levels.length).toBeLessThan(10);
    for (const { width, height } of levels) {
      expect([width % 32, height % 32]).toEqual([0, 0]);
      expect(Math.min(width, height)).toBeGreaterThan(0);
      expect(Math.max(width, height)).toBeLessThan(1700);
    }
  }
});
