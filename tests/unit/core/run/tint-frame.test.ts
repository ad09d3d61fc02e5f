import { expect, test } from 'vitest';
import type { Tint } from '../../../../src/core/recipe/tint';
import { reframeTint } from '../../../../src/core/run/tint-frame';

const photo = { width: 400, height: 200 };
const line = { colour: '#102030', radius: 200, points: [2500, 5000, 7500, 5000] };
const dot = { colour: null, radius: 100, points: [500, 500] };
const tint: Tint = { v: 1, strokes: [line, dot] };

test('strokes stay where they are in what is cut out, and are cut where that ends', () => {
  const to = { crop: { x: 200, y: 50, width: 200, height: 100 }, angle: 0, turns: 0, flip: false };
  const cut = reframeTint(tint, { to: { ...to, turns: 0 }, photo });
  expect(cut?.strokes).toHaveLength(1);
  const { points, radius, colour } = cut!.strokes[0]!;
  expect([radius, colour, ...points.slice(1)]).toEqual([400, '#102030', 5000, 5000, 5000]);
  expect(points[0]).toBeLessThan(200);
});

test('turned, mirrored and turned back they are what they were', () => {
  const to = { crop: null, angle: 0, turns: 1, flip: true } as const;
  const turned = reframeTint(tint, { to, photo });
  expect(turned?.strokes[0]?.points).not.toEqual(line.points);
  expect(reframeTint(turned!, { from: to, photo })).toEqual(tint);
});

test('nothing is left where all lies outside', () => {
  const crop = { x: 300, y: 150, width: 50, height: 50 };
  const to = { crop, angle: 0, turns: 0, flip: false } as const;
  expect(reframeTint({ v: 1, strokes: [dot] }, { to, photo })).toBeNull();
});
