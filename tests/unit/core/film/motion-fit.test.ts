import { expect, test } from 'vitest';
import { createMotion } from '../../../../src/core/film/motion';
import { fitMotion } from '../../../../src/core/film/motion-fit';
import { createPlane, type Plane } from '../../../../src/core/picture/plane';

const size = { width: 40, height: 24 };
const isBar = (x: number) => x >= 18 && x < 21;

/** Stripes that have moved, behind a bar that has not. */
function draw(moved: number): Plane {
  const plane = createPlane(size);
  for (let i = 0; i < plane.values.length; i++) {
    const x = i % size.width;
    plane.values[i] = isBar(x) ? 250 : 100 + 60 * Math.sin((x - moved) * 0.9);
  }
  return plane;
}

function motionOf(x: number) {
  const motion = createMotion(size);
  motion.x.fill(x);
  return motion;
}

const row = 12 * size.width;
const sure = new Uint8Array(size.width * size.height).fill(1);

test('what stands before a moving picture has no motion, and fits', () => {
  const motion = motionOf(3);
  const fit = fitMotion(motion, sure, draw(0), draw(3));
  expect([motion.x[row + 19], motion.x[row + 8], motion.x[row + 30]]).toEqual([0, 3, 3]);
  for (const x of [8, 19, 30]) expect(fit[row + x]).toBeGreaterThan(0.95);
});

test('what is something else fits little, what does not come back less than what does', () => {
  const other = draw(0);
  other.values.fill(20);
  expect(fitMotion(motionOf(1), sure, draw(0), other)[row + 19]).toBeLessThan(0.1);
  const doubtful = sure.map((_, i) => (i % size.width < 10 ? 0 : 1));
  const fit = fitMotion(motionOf(3), doubtful, draw(0), draw(3));
  expect(fit[row + 6]).toBeLessThan(0.9 * fit[row + 30]!);
});
