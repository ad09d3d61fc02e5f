import { expect, test } from 'vitest';
import { withoutLight } from '../../../../src/core/film/light-free';
import { createPlane, type Plane } from '../../../../src/core/picture/plane';

const size = { width: 64, height: 64 };

function draw(light: (y: number) => number, texture: number): Plane {
  const plane = createPlane(size);
  for (let i = 0; i < plane.values.length; i++) {
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    plane.values[i] = 120 * light(y) * (1 + texture * Math.sin(1.3 * x) * Math.cos(1.1 * y));
  }
  return plane;
}

const spread = ({ values }: Plane) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const roll = (y: number) => 1 + 0.08 * Math.sin(y / 8);

test('light that rolls over the rows all but vanishes, texture stays', () => {
  const wide = draw(roll, 0);
  const levels = withoutLight({ levels: [wide], factor: 1 }).levels;
  expect(levels).toHaveLength(1);
  expect(spread(levels[0]!)).toBeLessThan(2);
  const textured = withoutLight({ levels: [draw(() => 1, 0.2)], factor: 1 }).levels[0]!;
  expect(spread(textured)).toBeGreaterThan(8);
});

test('the same picture in another light looks the same; the second level has half the sides', () => {
  const small = createPlane({ width: 32, height: 32 });
  const [plain, lit] = [draw(() => 1, 0.2), draw(roll, 0.2)].map((plane) =>
    withoutLight({ levels: [plane, small, small], factor: 3 }),
  );
  expect(plain!.factor).toBe(3);
  expect(plain!.levels.map(({ width }) => width)).toEqual([64, 32]);
  const apart = createPlane(size);
  apart.values.set(plain!.levels[0]!.values.map((v, i) => v - lit!.levels[0]!.values[i]!));
  expect(spread(apart)).toBeLessThan(0.25 * spread(plain!.levels[0]!));
});
