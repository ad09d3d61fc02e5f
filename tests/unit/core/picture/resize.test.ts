import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayOf, displayTable, lightTable } from '../../../../src/core/picture/light';
import {
  createRaster,
  cropRaster,
  type Depth,
  type Raster,
} from '../../../../src/core/picture/raster';
import { resizeRows } from '../../../../src/core/picture/resize';
import { gatherRows, rowsOf } from '../../../../src/core/picture/rows';
import { deepen, drawNoise, maxDifference } from '../pictures';

const side = fc.integer({ min: 1, max: 40 });
const size = fc.record({ width: side, height: side });
const depth = fc.constantFrom<Depth>(8, 16);
const peakOf = { 8: 255, 16: 65535 };

const resize = (raster: Raster, to: { width: number; height: number }) =>
  gatherRows(resizeRows(rowsOf(raster), to));

/** The mean light of a channel, 0..1, weighted by alpha. */
function meanLight({ data }: Raster, channel: number): number {
  const bits = data instanceof Uint16Array ? 16 : 8;
  const light = lightTable(bits);
  let [sum, cover] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    sum += light[data[i + channel]!]! * data[i + 3]!;
    cover += data[i + 3]!;
  }
  return sum / cover;
}

test('one colour stays itself, at any size and depth, opaque or not', async () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      depth,
      fc.tuple(share, share, share, share),
      async (from, to, bits, shares) => {
        const colour = shares.map((each) => Math.round(each * peakOf[bits]));
        colour[3] = Math.max(1, colour[3]!);
        const flat: Raster = createRaster<Depth>(from, true, bits);
        for (let i = 0; i < flat.data.length; i++) flat.data[i] = colour[i % 4]!;
        const { data } = await resize(flat, to);
        for (let i = 0; i < data.length; i++)
          expect(Math.abs(data[i]! - colour[i % 4]!)).toBeLessThanOrEqual(bits === 8 ? 0 : 1);
      },
    ),
    { numRuns: 100 },
  );
});

test('nothing moves: a mirrored picture gives the mirrored result', async () => {
  const mirror = (raster: Raster): Raster => {
    const { width, height, data } = raster;
    const out = { ...raster, data: data.slice() };
    for (let i = 0; i < width * height; i++)
      for (let c = 0; c < 4; c++) out.data[(width * height - 1 - i) * 4 + c] = data[i * 4 + c]!;
    return out;
  };
  await fc.assert(
    fc.asyncProperty(size, size, async (from, to) => {
      const source = drawNoise(from.width, from.height, true);
      const [there, back] = [await resize(source, to), await resize(mirror(source), to)];
      expect(maxDifference(mirror(back), there)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 50 },
  );
});

test('the middle of a soft spot stays where it was', async () => {
  const spot: Raster = createRaster({ width: 60, height: 60 }, false, 16);
  const light = (x: number, y: number) => Math.exp(-((x - 21.3) ** 2 + (y - 34.8) ** 2) / 50);
  for (let i = 0; i < 3600; i++)
    spot.data.set(
      [1, 1, 1].map(() => displayOf(light((i % 60) + 0.5, Math.floor(i / 60) + 0.5), 65535)),
      i * 4,
    );
  for (let i = 3; i < spot.data.length; i += 4) spot.data[i] = 65535;
  for (const [width, height] of [
    [90, 90],
    [45, 30],
    [37, 83],
    [121, 60],
  ] as const) {
    const { data } = await resize(spot, { width, height });
    const table = lightTable(16);
    let [sum, x, y] = [0, 0, 0];
    for (let i = 0; i < width * height; i++) {
      const value = table[data[i * 4]!]!;
      sum += value;
      x += value * ((i % width) + 0.5);
      y += value * (Math.floor(i / width) + 0.5);
    }
    expect((x / sum) * (60 / width)).toBeCloseTo(21.3, 1);
    expect((y / sum) * (60 / height)).toBeCloseTo(34.8, 1);
    // As much light on as much picture.
    expect((sum / (width * height)) * 3600).toBeCloseTo(Math.PI * 50, 0);
  }
});

test('light is kept where the picture gets smaller: fine lines do not darken', async () => {
  const lines = createRaster({ width: 64, height: 64 }, false);
  for (let i = 0; i < 64 * 64; i++) lines.data.fill(i % 2 ? 255 : 0, i * 4, i * 4 + 3);
  for (let i = 3; i < lines.data.length; i += 4) lines.data[i] = 255;
  const small = await resize(lines, { width: 20, height: 20 });
  // Half of the light is 188 of 255 for the eye; a mean of display values would be 128.
  expect(meanLight(small, 0)).toBeCloseTo(0.5, 2);
  expect(small.data[(10 * 20 + 10) * 4]).toBeGreaterThan(170);
});

test('colour of transparent pixels lends nothing', async () => {
  const half = createRaster({ width: 40, height: 10 }, true);
  for (let i = 0; i < 400; i++)
    half.data.set(i % 40 < 20 ? [255, 0, 0, 255] : [0, 255, 0, 0], i * 4);
  for (const width of [27, 60, 11]) {
    const { data } = await resize(half, { width, height: 10 });
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3]! > 8) expect([data[i], data[i + 1]]).toEqual([255, 0]);
  }
});

test('any rows are what the whole has there, and what is read for them is near them', async () => {
  const source = drawNoise(33, 300, true);
  for (const height of [450, 120, 299]) {
    const to = { width: 21, height };
    const whole = await resize(source, to);
    const read: [number, number][] = [];
    const rows = resizeRows(
      {
        ...rowsOf(source),
        read: (y, count) => (read.push([y, count]), rowsOf(source).read(y, count)),
      },
      to,
    );
    const at = 77;
    const data = await rows.read(at, 5);
    expect(
      maxDifference(
        { ...whole, height: 5, data },
        cropRaster(whole, { x: 0, y: at, width: 21, height: 5 }),
      ),
    ).toBe(0);
    const shrink = Math.max(1, 300 / height);
    expect(read).toHaveLength(1);
    expect(read[0]![1]).toBeLessThanOrEqual(Math.ceil((5 * 300) / height + 4 * shrink + 2));
  }
});

test('16 bits are what 8 are, but finer', async () => {
  const source = drawNoise(30, 20, true);
  const deep = await resize(deepen(source), { width: 47, height: 13 });
  const flat = await resize(source, { width: 47, height: 13 });
  for (let i = 0; i < flat.data.length; i++) {
    if (flat.data[i | 3]! < 40) continue;
    expect(Math.abs(deep.data[i]! / 257 - flat.data[i]!)).toBeLessThanOrEqual(0.51);
  }
});

test('the table of display values is the curve, to a hundredth of a level of 16 bits', () => {
  const table = displayTable();
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (light) => {
      const at = light * 65536;
      const low = table[Math.floor(at)]!;
      const value = low + (at % 1) * (table[Math.floor(at) + 1]! - low);
      expect(Math.abs(value * 65535 - displayOf(light, 65535))).toBeLessThan(0.01);
    }),
  );
});
