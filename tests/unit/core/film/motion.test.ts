import { describe, expect, test } from 'vitest';
import { lumaPyramid } from '../../../../src/core/film/luma-pyramid';
import { comesBack, findMotion } from '../../../../src/core/film/motion';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';
import { drawMotion, motions, type Moving } from './moving';

const size = { width: 128, height: 96 };
const [behind, front] = [drawScene(300, 5), drawScene(300, 6)];
const pyramid = (raster: Raster) => lumaPyramid(raster, 2 ** 20);

/** Distances of what was found from the truth, sorted, and how often what is hidden, and what is not, is said to come back. */
function judge(scene: Moving, a: Raster, b: Raster) {
  const [from, to] = [pyramid(a), pyramid(b)];
  const there = findMotion(from, to);
  const isBack = comesBack(there, findMotion(to, from));
  const [off, hidden, shown] = [[] as number[], [] as number[], [] as number[]];
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i++) {
      const truth = scene.follow(x, y, 0, 1);
      (truth ? shown : hidden).push(isBack[i]!);
      if (truth) off.push(Math.hypot(x + there.x[i]! - truth[0], y + there.y[i]! - truth[1]));
    }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { off: off.sort((p, q) => p - q), hidden: mean(hidden), shown: mean(shown) };
}

describe.each(motions)('%s', (kind) => {
  const scene = drawMotion(kind, size, behind, front);

  test('is found to a small part of a pixel for most, comes back, and what is hidden comes back less', () => {
    const { off, hidden, shown } = judge(scene, scene.frame(0), scene.frame(1));
    expect(off[off.length >> 1]).toBeLessThan(0.25);
    expect(shown).toBeGreaterThan(0.8);
    expect(hidden).toBeLessThan(shown);
  });

  test('is found in noise, and when the light changes', () => {
    const [a, b] = [scene.frame(0), scene.frame(1)];
    const dim = { ...b, data: b.data.map((v, i) => (i % 4 === 3 ? v : v * 0.9)) };
    const { off } = judge(scene, addNoise(a, 4, 1), addNoise(dim, 4, 2));
    expect(off[off.length >> 1]).toBeLessThan(0.6);
  });
});

test('equal frames do not move', () => {
  const frame = drawMotion('pan', size, behind, front).frame(0);
  const { x, y } = findMotion(pyramid(frame), pyramid(frame));
  expect(Math.max(...x.map(Math.abs), ...y.map(Math.abs))).toBe(0);
});

test.each([
  [1, 1],
  [3, 70],
  [70, 3],
])('frames of %i x %i have finite motion', (width, height) => {
  const raster = createRaster({ width, height }, false);
  raster.data.forEach((_, i) => (raster.data[i] = (i * 37) % 251));
  const motion = findMotion(pyramid(raster), pyramid(raster));
  expect([...motion.x, ...motion.y].every(Number.isFinite)).toBe(true);
  expect(motion.x).toHaveLength(width * height);
});
