import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherRows, rowsOf, type RowSource } from '../../../../src/core/picture/rows';
import { windowsOf } from '../../../../src/core/picture/windows';
import { drawNoise, maxDifference } from '../pictures';

const mostPixels = 2 ** 19;

/** A picture whose pixels say where they are. */
function places(width: number, height: number): RowSource {
  return {
    ...{ width, height, hasAlpha: false, space: 'srgb', depth: 16 },
    read: (y, count) => {
      const data = new Uint16Array(width * count * 4);
      for (let i = 0; i < width * count; i++)
        data.set([i % width, y + Math.floor(i / width), 0, 65535], i * 4);
      return data;
    },
  };
}

const sizes = fc.record({
  side: fc.constantFrom(128, 256),
  width: fc.integer({ min: 300, max: 6000 }),
  height: fc.integer({ min: 300, max: 6000 }),
});

test('a picture of few pixels is all of its windows', () => {
  const source = rowsOf(drawNoise(700, 500));
  expect(windowsOf(source, mostPixels, 128)).toEqual({ picture: source, share: 1 });
});

test('windows are whole pieces of the picture on the grid of blocks, about as many as asked for', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, async ({ width, height, side }) => {
      const { picture, share } = windowsOf(places(width, height), mostPixels, side);
      const pixels = picture.width * picture.height;
      expect(share).toBeCloseTo(pixels / (width * height), 9);
      if (share < 1) {
        expect(pixels).toBeGreaterThan(mostPixels / 3);
        expect(pixels).toBeLessThan(mostPixels * 1.5);
      }
      const { data } = await gatherRows(picture);
      const at = (x: number, y: number) => (y * picture.width + x) * 4;
      let faults = 0;
      for (let y = 0; y < picture.height; y++)
        for (let x = 0; x < picture.width; x++) {
          const [column, row] = [data[at(x, y)]!, data[at(x, y) + 1]!];
          // Whatever begins here begins a block; all else goes on.
          const isNewColumn = x % side === 0 && column % 16 === 0;
          const isNewRow = y % (side / 2) === 0 && row % 16 === 0;
          if (!isNewColumn && column !== data[at(x - 1, y)]! + 1) faults++;
          if (!isNewRow && row !== data[at(x, y - 1) + 1]! + 1) faults++;
        }
      expect(faults).toBe(0);
    }),
    { numRuns: 8 },
  );
});

test('what is in a part of the picture is in about the same share of the windows', async () => {
  const parts = fc.record({ ...{ angle: fc.double({ min: 0, max: 6.28, noNaN: true }) } });
  await fc.assert(
    fc.asyncProperty(parts, async ({ angle }) => {
      const [width, height] = [4000, 3000];
      const { picture } = windowsOf(places(width, height), 2 ** 21, 128);
      const { data } = await gatherRows(picture);
      let inside = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [x, y] = [data[i]! - width / 2, data[i + 1]! - height / 2];
        if (x * Math.cos(angle) + y * Math.sin(angle) > 0) inside++;
      }
      expect(Math.abs(inside / (data.length / 4) - 0.5)).toBeLessThan(0.05);
    }),
    { numRuns: 12 },
  );
});

test('the windows are the same, whatever rows are asked for', async () => {
  const source = rowsOf(drawNoise(900, 700, true));
  const { picture } = windowsOf(source, 2 ** 18, 256);
  const whole = await gatherRows(picture);
  for (const step of [1, 50, 200]) {
    const parts = { ...whole, data: whole.data.slice() };
    parts.data.fill(0);
    for (let y = 0; y < whole.height; y += step) {
      const count = Math.min(step, whole.height - y);
      parts.data.set(await picture.read(y, count), y * whole.width * 4);
    }
    expect(maxDifference(parts, whole)).toBe(0);
  }
});
