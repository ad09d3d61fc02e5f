import { describe, expect, test } from 'vitest';
import { healDamage } from '../../../../src/core/heal/heal';
import { toEight } from '../../../../src/core/picture/depth';
import { createPlane, type Plane } from '../../../../src/core/picture/plane';
import type { Size } from '../../../../src/core/picture/rect';
import { createRaster, type Raster, type Raster8 } from '../../../../src/core/picture/raster';
import { deepen, maxDifference } from '../pictures';
import { addNoise, drawScene, seedRandom } from '../scenes';
import { goOn } from '../shaken';

/** Adds a crooked line to a plane of damage. */
function scratch(plane: Plane, random: () => number, width: number): void {
  let [x, y] = [random() * plane.width, random() * plane.height];
  let way = random() * 2 * Math.PI;
  for (let step = 0; step < 80; step++) {
    way += (random() - 0.5) / 4;
    x += Math.cos(way);
    y += Math.sin(way);
    for (let v = Math.round(y - width / 2); v < y + width / 2; v++)
      for (let u = Math.round(x - width / 2); u < x + width / 2; u++)
        if (u >= 0 && v >= 0 && u < plane.width && v < plane.height)
          plane.values[v * plane.width + u] = 1;
  }
}

function drawScratches(size: Size, count: number, width: number): Plane {
  const random = seedRandom(11);
  const plane = createPlane(size);
  for (let i = 0; i < count; i++) scratch(plane, random, width);
  return plane;
}

/** A picture with a light where it is damaged; alpha stays. */
function damageWith<R extends Raster>(source: R, damage: Plane, light = 240): R {
  const peak = source.data instanceof Uint16Array ? 257 : 1;
  const data = source.data.slice();
  for (const [at, value] of damage.values.entries())
    if (value > 0) data.fill(light * peak, at * 4, at * 4 + 3);
  return { ...source, data };
}

/** In decibels, of what is damaged alone. */
function psnrWithin(damage: Plane, a: Raster, b: Raster): number {
  let [sum, count] = [0, 0];
  for (const [at, value] of damage.values.entries())
    for (let c = 0; c < 3 && value > 0; c++, count++)
      sum += (a.data[at * 4 + c]! - b.data[at * 4 + c]!) ** 2;
  return 10 * Math.log10((255 ** 2 * count) / sum);
}

function mostChangedOutside(damage: Plane, a: Raster, b: Raster): number {
  let most = 0;
  for (const [i, level] of a.data.entries())
    if (damage.values[i >> 2] === 0 || i % 4 === 3)
      most = Math.max(most, Math.abs(level - b.data[i]!));
  return most;
}

/** Slanted stripes, which a smooth fill would blur. */
function drawStripes(size: Size): Raster8 {
  const raster = createRaster(size, false);
  for (let i = 0; i < raster.data.length; i += 4) {
    const [x, y] = [(i / 4) % size.width, Math.floor(i / 4 / size.width)];
    const level = 120 + 70 * Math.tanh(3 * Math.sin((x + 0.5 * y) / 2.5));
    raster.data.set([level, level * 0.8, 200 - level / 2, 255], i);
  }
  return raster;
}

const block = (plane: Plane, x: number, y: number, width: number, height: number): Plane => {
  for (let v = y; v < y + height; v++)
    plane.values.fill(1, v * plane.width + x, v * plane.width + x + width);
  return plane;
};

describe('scratches over two tiles', () => {
  const truth = addNoise(drawScene(320), 3);
  const damage = drawScratches(truth, 14, 4);
  const damaged = damageWith(truth, damage);

  test('are healed by at least 8 dB, and nothing else is touched', async () => {
    const healed = await healDamage(damaged, damage, goOn);
    expect(psnrWithin(damage, healed, truth)).toBeGreaterThan(
      psnrWithin(damage, damaged, truth) + 8,
    );
    expect(mostChangedOutside(damage, healed, damaged)).toBe(0);
  });

  test('are healed the same each time, and in 16 bits as in 8', async () => {
    const healed = await healDamage(damaged, damage, goOn);
    expect(maxDifference(await healDamage(damaged, damage, goOn), healed)).toBe(0);
    const deep = await healDamage(deepen(damaged), damage, goOn);
    // Rounding between tiles decides between patches that fit as well.
    expect(psnrWithin(damage, toEight(deep), truth)).toBeCloseTo(
      psnrWithin(damage, healed, truth),
      0,
    );
    expect(deep.data.some((level) => level % 257 !== 0)).toBe(true);
  });

  test('tell how far they are, and end when they are cancelled', async () => {
    const shares: number[] = [];
    await healDamage(damaged, damage, async (share) => void shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect([shares.length, shares.at(-1)]).toEqual([4, 1]);
    const stop = new DOMException('', 'AbortError');
    const cancelled = healDamage(damaged, damage, () => Promise.reject(stop));
    await expect(cancelled).rejects.toBe(stop);
  });

  test('of a gray photo stay gray', async () => {
    const gray = { ...damaged, data: damaged.data.slice() };
    for (let i = 0; i < gray.data.length; i += 4) gray.data.fill(gray.data[i]!, i, i + 3);
    const { data } = await healDamage(gray, damage, goOn);
    const isGray = (i: number) => data[i] === data[i + 1] && data[i] === data[i + 2];
    expect(Array.from({ length: data.length / 4 }, (_, i) => isGray(i * 4))).not.toContain(false);
  });
});

test('a line goes on through a scratch across it', async () => {
  const truth = drawStripes({ width: 120, height: 90 });
  const damage = block(createPlane(truth), 0, 40, 120, 6);
  const healed = await healDamage(damageWith(truth, damage), damage, goOn);
  // A smooth fill has 12 dB there: it is gray.
  expect(psnrWithin(damage, healed, truth)).toBeGreaterThan(20);
});

test('faint damage lets the photo show through', async () => {
  const truth = drawScene(60);
  const damage = block(createPlane(truth), 20, 20, 12, 12);
  const damaged = damageWith(truth, damage);
  const whole = await healDamage(damaged, damage, goOn);
  damage.values.forEach((value, i) => (damage.values[i] = value / 4));
  const faint = await healDamage(damaged, damage, goOn);
  const at = (26 * 60 + 26) * 4;
  const half = (damaged.data[at]! + whole.data[at]!) / 2;
  expect(Math.abs(faint.data[at]! - half)).toBeLessThanOrEqual(1);
});

test('wide damage is filled from its surroundings, with their texture', async () => {
  const truth = drawStripes({ width: 300, height: 280 });
  const damage = block(createPlane(truth), 80, 70, 120, 120);
  const healed = await healDamage(damageWith(truth, damage), damage, goOn);
  const spread = (picture: Raster) => {
    const levels: number[] = [];
    for (let y = 110; y < 150; y++)
      for (let x = 120; x < 160; x++) levels.push(picture.data[(y * 300 + x) * 4]!);
    const mean = levels.reduce((sum, level) => sum + level) / levels.length;
    return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
  };
  expect(spread(healed)).toBeGreaterThan(0.5 * spread(truth));
  expect(spread(healed)).toBeLessThan(1.2 * spread(truth));
});

test('nothing is taken from what is transparent', async () => {
  const truth = createRaster({ width: 60, height: 40 }, true);
  for (let i = 0; i < truth.data.length; i += 4)
    truth.data.set((i / 4) % 60 < 30 ? [90, 80, 70, 200] : [255, 0, 255, 0], i);
  const damage = block(createPlane(truth), 20, 10, 10, 10);
  const healed = await healDamage(damageWith(truth, damage), damage, goOn);
  expect(maxDifference(healed, truth)).toBeLessThanOrEqual(1);
  expect(mostChangedOutside(damage, healed, truth)).toBe(0);
});

describe('of odd sizes and masks', () => {
  test('nothing damaged is the photo itself, and so is one that is damaged all over', async () => {
    for (const value of [0, 1]) {
      const photo = drawScene(20);
      const damage = createPlane(photo);
      damage.values.fill(value);
      expect(await healDamage(photo, damage, goOn)).toBe(photo);
      const pixel = createRaster({ width: 1, height: 1 }, false);
      const one = { width: 1, height: 1, values: new Float32Array([value]) };
      expect(await healDamage(pixel, one, goOn)).toBe(pixel);
    }
  });

  test('damage along the borders and in the corners is healed', async () => {
    const truth = drawStripes({ width: 90, height: 70 });
    const damage = createPlane(truth);
    for (const at of [0, 67]) block(damage, 0, at, 90, 3);
    for (const at of [0, 86]) block(damage, at, 0, 4, 70);
    const damaged = damageWith(truth, damage);
    const healed = await healDamage(damaged, damage, goOn);
    expect(psnrWithin(damage, healed, truth)).toBeGreaterThan(
      psnrWithin(damage, damaged, truth) + 3,
    );
  });

  test.each([
    [65_000, 20],
    [20, 3000],
    [300, 2],
    [2, 1],
  ])('%i x %i', async (width, height) => {
    const truth = createRaster({ width, height }, false);
    for (let i = 0; i < truth.data.length; i += 4)
      truth.data.set([100 + ((i / 4) % width) / 700, 90, 80, 255], i);
    const damage = block(createPlane(truth), 0, height >> 1, width >> 1, 1);
    const healed = await healDamage(damageWith(truth, damage), damage, goOn);
    expect(maxDifference(healed, truth)).toBeLessThanOrEqual(2);
  });
});
