import { expect, test } from 'vitest';
import { findFading, type Ends } from '../../../../src/core/fading/find';
import { undoFading } from '../../../../src/core/fading/undo';
import { findUneven } from '../../../../src/core/fading/uneven';

import { createRaster, cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { maxDifference } from '../pictures';
import { drawLeaves } from '../shaken';

type Levels = readonly [number, number, number];

/** A picture whose light falls off towards the corners, and whose channels lose along a direction, around its centre. */
function shade(raster: Raster8, edges: number, slopes: Levels, direction = 0.7): Raster8 {
  const { width, height } = raster;
  const data = raster.data.slice();
  const unit = Math.hypot(width, height) / 2;
  for (let i = 0; i < data.length; i++) {
    if (i % 4 === 3) continue;
    const pixel = Math.floor(i / 4);
    const u = ((pixel % width) + 0.5 - width / 2) / unit;
    const v = (Math.floor(pixel / width) + 0.5 - height / 2) / unit;
    const along = u * Math.cos(direction) + v * Math.sin(direction);
    data[i] = data[i]! * Math.exp(-edges * (u * u + v * v) - slopes[i % 4]! * along - 0.15);
  }
  return { ...raster, data };
}

/** How far one is from the other on average, whatever they are lit by. */
function distance(a: Raster8, b: Raster8): number {
  let [ab, aa] = [0, 0];
  const each = (use: (x: number, y: number) => void) =>
    a.data.forEach((value, i) => i % 4 < 3 && use(value, b.data[i]!));
  each((x, y) => ((ab += x * y), (aa += x * x)));
  let sum = 0;
  each((x, y) => (sum += Math.abs(x * (ab / aa) - y)));
  return sum / (a.data.length * 0.75);
}

/** Where nothing has faded: only what is uneven is undone. */
const fresh: Ends = { black: [0, 0, 0], white: [1, 1, 1] };
const even = { cast: 0, contrast: 0, even: 1 };
const slopes: Levels = [0.3, 0, -0.3];

test('what falls off towards the corners, and along a side, is measured and made even', () => {
  const photo = drawLeaves(480, 320);
  const uneven = shade(photo, 1, slopes);
  const found = findUneven(uneven);
  const before = findUneven(photo);
  expect(found.edges - before.edges).toBeGreaterThan(0.7);
  expect(found.across[0] - before.across[0]).toBeLessThan(-0.12);
  expect(found.down[2] - before.down[2]).toBeGreaterThan(0.1);
  const undone = undoFading(uneven, { fading: fresh, uneven: found }, even) as Raster8;
  expect(distance(undone, photo)).toBeLessThan(0.4 * distance(uneven, photo));
});

test('a share of it is undone as far, and none of it leaves every pixel', () => {
  const photo = shade(drawLeaves(300, 200), 0.8, slopes);
  const found = { fading: fresh, uneven: findUneven(photo) };
  expect(maxDifference(undoFading(photo, found, { ...even, even: 0 }), photo)).toBe(0);
  const [half, whole] = [0.5, 1].map((share) => undoFading(photo, found, { ...even, even: share }));
  expect(maxDifference(half!, photo)).toBeGreaterThan(5);
  expect(maxDifference(whole!, photo)).toBeGreaterThan(maxDifference(half!, photo));
});

test('a part of a photo is made even as it is in the whole one', () => {
  const photo = shade(drawLeaves(300, 200), 0.8, slopes);
  const found = { fading: findFading(photo), uneven: findUneven(photo) };
  const rect = { x: 190, y: 20, width: 70, height: 90 };
  const amounts = { cast: 1, contrast: 1, even: 0.8 };
  const part = undoFading(cropRaster(photo, rect), found, amounts, rect);
  expect(part.data).toEqual(cropRaster(undoFading(photo, found, amounts), rect).data);
});

test('the paper round a print tells nothing, and stays of one colour', () => {
  const print = shade(drawLeaves(360, 240), 0.8, slopes);
  const page = createRaster({ width: 420, height: 300 }, false);
  page.data.fill(235);
  for (let y = 0; y < 240; y++)
    page.data.set(print.data.subarray(y * 1440, (y + 1) * 1440), ((y + 30) * 420 + 30) * 4);
  const [found, alone] = [findUneven(page), findUneven(print)];
  expect(found.edges).toBeCloseTo(alone.edges, 0);
  expect(Math.abs(found.area.x - 30)).toBeLessThanOrEqual(4);
  expect(Math.abs(found.area.width - 360)).toBeLessThanOrEqual(8);
});

test('a picture that is too small to tell is even', () => {
  const { edges, across, down } = findUneven(drawLeaves(6, 4));
  expect({ edges, across, down }).toEqual({
    ...{ edges: 0, across: [0, 0, 0], down: [0, 0, 0] },
  });
});

test('it is never undone by itself, and in an older recipe not at all', () => {
  const steps = (recipe: unknown) => parseRecipe(recipe).steps;
  expect(steps({ v: 2, steps: [{ task: 'colours', cast: 80, contrast: 60 }] })).toEqual([
    { task: 'colours', cast: 80, contrast: 60, even: 0 },
  ]);
});
