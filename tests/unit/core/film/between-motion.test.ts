import { expect, test } from 'vitest';
import { findBetween, pairFrames, sharedPart } from '../../../../src/core/film/between-motion';
import { lumaPyramid } from '../../../../src/core/film/luma-pyramid';
import { findMotion } from '../../../../src/core/film/motion';
import type { Raster } from '../../../../src/core/picture/raster';
import { drawScene } from '../scenes';
import { drawMotion, motions } from './moving';

const size = { width: 128, height: 96 };
const [behind, front] = [drawScene(300, 5), drawScene(300, 6)];

/** Two frames and the motion between them. */
function pair(a: Raster, b: Raster) {
  const [from, to] = [a, b].map((raster) => lumaPyramid(raster, 2 ** 20)) as [
    ReturnType<typeof lumaPyramid>,
    ReturnType<typeof lumaPyramid>,
  ];
  const [there, back] = [findMotion(from, to), findMotion(to, from)];
  return pairFrames(from.levels[0]!, to.levels[0]!, there, back);
}

test.each(motions)('%s: the motion of the picture half-way is that of what it shows', (kind) => {
  const scene = drawMotion(kind, size, behind, front);
  const { motion } = findBetween(pair(scene.frame(0), scene.frame(1)), 0.5);
  const off: number[] = [];
  for (let y = 8; y < size.height - 8; y++)
    for (let x = 8; x < size.width - 8; x++) {
      const [before, after] = [scene.follow(x, y, 0.5, 0), scene.follow(x, y, 0.5, 1)];
      if (!before || !after) continue;
      const i = y * size.width + x;
      off.push(
        Math.hypot(motion.x[i]! - (after[0] - before[0]), motion.y[i]! - (after[1] - before[1])),
      );
    }
  off.sort((a, b) => a - b);
  expect(off[off.length >> 1]).toBeLessThan(0.5);
});

test('where nothing moves both frames are believed', () => {
  const frame = drawMotion('pan', size, behind, front).frame(0);
  const still = pair(frame, frame);
  expect(sharedPart(still)).toBe(1);
  const { motion, first, second } = findBetween(still, 0.25);
  expect(Math.max(...motion.x.map(Math.abs), ...motion.y.map(Math.abs))).toBe(0);
  expect(Math.min(...first, ...second)).toBeGreaterThan(0.9);
});

test('two frames of other scenes share little', () => {
  const [one, other] = [drawScene(128, 1), drawScene(128, 2)];
  expect(sharedPart(pair(one, other))).toBeLessThan(0.7);
});
