import { expect, test } from 'vitest';
import { grainRow, grainUnits, hash } from '../../../../src/core/run/grain';

const count = (from: number, length: number) => Int32Array.from({ length }, (_, i) => from + i);

/** Rows of grain, one after the other. */
function draw(size: number, seed: number, at: { x: number; y: number }, width = 256, height = 256) {
  const out = new Float64Array(width * height);
  const pattern = { spacing: Math.round(size * grainUnits), seed };
  for (let y = 0; y < height; y++)
    grainRow(pattern, count(at.x, width), at.y + y, out.subarray(y * width, (y + 1) * width));
  return out;
}

const meanOf = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Correlation of a picture with itself, moved to the right. */
function alike(values: Float64Array, shift: number): number {
  let sum = 0;
  for (let i = shift; i < values.length; i++) sum += values[i]! * values[i - shift]!;
  return sum / values.length;
}

test('the hash is the published one', () => {
  // PCG-RXS-M-XS 32 worked out with unbounded whole numbers.
  const exact = (value: bigint) => {
    const low = (n: bigint) => n & 0xffffffffn;
    const state = low(value * 747796405n + 2891336453n);
    const word = low(((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n);
    return Number((word >> 22n) ^ word);
  };
  for (const value of [0, 1, 2, 77, 65535, 2 ** 31, 2 ** 32 - 1])
    expect(hash(value)).toBe(exact(BigInt(value)));
});

// The spread of the mean of correlated grains is their width over the picture's.
test.each([1, 1.5, 4])('grain of size %d has mean 0 and deviation 1', (size) => {
  const grain = draw(size, 7, { x: 0, y: 0 });
  expect(Math.abs(meanOf(grain))).toBeLessThan((4 * size) / 256);
  const deviation = Math.sqrt(meanOf(grain.map((v) => v * v)));
  expect(Math.abs(deviation - 1)).toBeLessThan(0.02 * size);
});

test('its deviation is the same between the points of its lattice as on them', () => {
  const grain = draw(4, 3, { x: 0, y: 0 }, 1024, 1024);
  const onPhase = (x: number, y: number) =>
    meanOf(grain.filter((_, i) => i % 4 === x && Math.floor(i / 1024) % 4 === y).map((v) => v * v));
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [2, 2],
    [3, 1],
  ] as const)
    expect(Math.abs(onPhase(x, y) - 1)).toBeLessThan(0.05);
});

test('a larger size makes wider grains, and size 1 is white', () => {
  expect(Math.abs(alike(draw(1, 1, { x: 0, y: 0 }), 1))).toBeLessThan(0.02);
  expect(alike(draw(4, 1, { x: 0, y: 0 }), 1)).toBeGreaterThan(0.8);
  expect(Math.abs(alike(draw(4, 1, { x: 0, y: 0 }), 12))).toBeLessThan(0.08);
});

test('it depends on the place in the result and the seed alone', () => {
  for (const size of [1, 2.5]) {
    const whole = draw(size, 9, { x: 0, y: 0 }, 80, 60);
    const part = draw(size, 9, { x: 37, y: 21 }, 20, 10);
    for (let y = 0; y < 10; y++)
      expect(part.subarray(y * 20, y * 20 + 20)).toEqual(
        whole.subarray((21 + y) * 80 + 37, (21 + y) * 80 + 57),
      );
    expect(draw(size, 9, { x: 0, y: 0 }, 80, 60)).toEqual(whole);
    expect(draw(size, 10, { x: 0, y: 0 }, 80, 60)).not.toEqual(whole);
  }
});
