import { expect, test } from 'vitest';
import type { Tint } from '../../../../src/core/recipe/tint';
import { eraseStrokes, toStroke } from '../../../../src/core/tint/stroke-editing';

const photo = { width: 400, height: 200 };
const line = Array.from({ length: 41 }, (_, i) => ({ x: 100 + 5 * i, y: 100 }));

test('a straight line is kept as its ends, and a bow as what shows it', () => {
  expect(toStroke(line, photo, 8, '#102030')).toEqual({
    ...{ colour: '#102030', radius: 200 },
    points: [2500, 5000, 7500, 5000],
  });
  const bow = line.map(({ x }, i) => ({ x, y: 100 + 30 * Math.sin((i / 40) * Math.PI) }));
  const { points } = toStroke(bow, photo, 8, null);
  expect(points.length / 2).toBeGreaterThan(4);
  expect(points.length / 2).toBeLessThan(20);
});

test('what lies beside the photo is brought to its edge, and a press is a dot', () => {
  expect(toStroke([{ x: -50, y: 500 }], photo, 0.001, null)).toEqual({
    ...{ colour: null, radius: 1, points: [0, 10_000] },
  });
});

test('an eraser cuts a stroke in two, takes what it covers, and leaves the others', () => {
  const other = toStroke([{ x: 10, y: 10 }], photo, 4, '#ffffff');
  const tint: Tint = { v: 1, strokes: [toStroke(line, photo, 8, '#102030'), other] };
  const cut = eraseStrokes(tint, toStroke([{ x: 200, y: 90 }], photo, 20, null), photo);
  expect(cut?.strokes).toHaveLength(3);
  const [left, right] = cut!.strokes;
  expect(left!.points[0]).toBe(2500);
  expect(left!.points.at(-2)! / 25).toBeLessThan(184);
  expect(right!.points[0]! / 25).toBeGreaterThan(216);
  expect(right!.points.at(-2)).toBe(7500);
  expect(cut!.strokes[2]).toBe(other);
  const all = toStroke([line[0]!, line.at(-1)!], photo, 20, null);
  expect(eraseStrokes(tint, all, photo)?.strokes).toEqual([other]);
  expect(eraseStrokes({ v: 1, strokes: [other] }, other, photo)).toBeNull();
});
