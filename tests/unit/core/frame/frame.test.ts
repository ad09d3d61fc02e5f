import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameRaster } from '../../../../src/core/frame/apply';
import { framedSize, largestInside, mapPoint, photoMap } from '../../../../src/core/frame/geometry';
import { cropRaster, type Raster } from '../../../../src/core/picture/raster';
import { quarterTurns, wholeFrame, type Frame } from '../../../../src/core/recipe/frame';
import { createMask } from '../../../../src/core/run/mask-brush';
import { reframeMask } from '../../../../src/core/run/mask-frame';
import { drawDeepNoise, drawNoise, maxDifference } from '../pictures';

const photo = drawNoise(23, 17, true);
const deep = drawDeepNoise(23, 17, true);
const rest = async () => undefined;
const lay = (raster: Raster, changes: Partial<Frame>) =>
  frameRaster<Raster['data']>(raster, { ...wholeFrame, ...changes }, rest);

/** Level of red of a pixel. */
const red = ({ data, width }: Raster, x: number, y: number) => data[(y * width + x) * 4];

const box = (most: { width: number; height: number }) =>
  fc
    .record({
      x: fc.nat(most.width - 1),
      y: fc.nat(most.height - 1),
    })
    .chain(({ x, y }) =>
      fc.record({
        ...{ x: fc.constant(x), y: fc.constant(y) },
        width: fc.integer({ min: 1, max: most.width - x }),
        height: fc.integer({ min: 1, max: most.height - y }),
      }),
    );

const anyFrame = fc.record({
  crop: fc.option(box(photo)),
  angle: fc.constant(0),
  turns: fc.constantFrom(...quarterTurns),
  flip: fc.boolean(),
});

describe('a frame without an angle', () => {
  test.each<Raster>([photo, deep])(
    'turned four times, or flipped twice, is the photo',
    async (raster) => {
      let again: Raster = raster;
      for (let i = 0; i < 4; i++) again = await lay(again, { turns: 1 });
      expect(again).toEqual(raster);
      expect(await lay(await lay(raster, { flip: true }), { flip: true })).toEqual(raster);
      expect(await lay(raster, {})).toBe(raster);
    },
  );

  test('turns clockwise, and mirrors what was turned', async () => {
    const turned = await lay(photo, { turns: 1 });
    expect([turned.width, turned.height]).toEqual([17, 23]);
    // The upper left corner becomes the upper right one.
    expect(red(turned, 16, 0)).toBe(red(photo, 0, 0));
    const flipped = await lay(photo, { turns: 1, flip: true });
    expect(red(flipped, 0, 0)).toBe(red(photo, 0, 0));
    expect(red(flipped, 0, 22)).toBe(red(photo, 22, 0));
  });

  test('has the pixels that its map tells, of whatever depth', async () => {
    await fc.assert(
      fc.asyncProperty(anyFrame, fc.boolean(), async (frame, isDeep) => {
        const raster = isDeep ? deep : photo;
        const framed = await frameRaster<Raster['data']>(raster, frame, rest);
        expect({ width: framed.width, height: framed.height }).toEqual(framedSize(frame, raster));
        const map = photoMap(frame, raster);
        for (let y = 0; y < framed.height; y++)
          for (let x = 0; x < framed.width; x++) {
            const [left, top] = mapPoint(map, x + 0.5, y + 0.5);
            const from = (Math.floor(top) * raster.width + Math.floor(left)) * 4;
            const at = (y * framed.width + x) * 4;
            expect(framed.data.slice(at, at + 4)).toEqual(raster.data.slice(from, from + 4));
          }
      }),
      { numRuns: 40 },
    );
  });

  test('that a photo does not fill is refused, with the size of the photo', async () => {
    const crop = { x: 4, y: 0, width: 20, height: 17 };
    await expect(lay(photo, { crop })).rejects.toMatchObject({
      ...{ problem: 'crop-outside-photo', facts: { width: 23, height: 17 } },
    });
    await expect(lay(photo, { crop: { ...crop, width: 19 } })).resolves.toBeDefined();
  });
});

describe('a frame with an angle', () => {
  test('and no crop takes the largest part of the shape that has no empty corners', async () => {
    const size = { width: 300, height: 200 };
    for (const angle of [-45, -7, 0.5, 30]) {
      const frame = { ...wholeFrame, angle };
      const { width, height } = framedSize(frame, size);
      const map = photoMap(frame, size);
      for (const [x, y] of [
        [0, 0],
        [width, 0],
        [0, height],
        [width, height],
      ] as const) {
        const [left, top] = mapPoint(map, x, y);
        expect(Math.min(left, top, 300 - left, 200 - top)).toBeGreaterThan(-1e-6);
      }
      // A pixel more would not fit.
      const { width: most } = largestInside(size, size, angle);
      expect(most).toBe(width);
      expect(width / height).toBeCloseTo(1.5, 1);
    }
  });

  test('turns what is in the picture by that angle: a line at it is level then', async () => {
    const line = drawNoise(81, 81);
    const angle = 10;
    const slope = Math.tan((-angle * Math.PI) / 180);
    for (let y = 0; y < 81; y++)
      for (let x = 0; x < 81; x++) {
        const isAbove = y + 0.5 < 40.5 + slope * (x - 40);
        line.data.set(isAbove ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * 81 + x) * 4);
      }
    const level = await lay(line, { angle });
    const middle = (level.height - 1) / 2;
    for (let x = 0; x < level.width; x++) {
      expect(red(level, x, Math.floor(middle - 3))).toBe(0);
      expect(red(level, x, Math.ceil(middle + 3))).toBe(255);
    }
  });

  test('keeps one colour as it is, of both depths, and alpha', async () => {
    const rasters: readonly Raster[] = [drawNoise(40, 30, true), drawDeepNoise(40, 30, true)];
    for (const raster of rasters) {
      const pixel = [...raster.data.subarray(0, 4)];
      for (let i = 0; i < raster.data.length; i += 4) raster.data.set(pixel, i);
      const turned = await lay(raster, { angle: 3 });
      const one = cropRaster(raster, { x: 0, y: 0, width: turned.width, height: turned.height });
      expect(maxDifference(turned, one)).toBeLessThanOrEqual(1);
    }
  });

  test('there and back is nearly the same picture', async () => {
    const smooth = drawNoise(120, 120);
    for (let y = 0; y < 120; y++)
      for (let x = 0; x < 120; x++) {
        const level = 128 + 50 * Math.sin(x / 5) + 50 * Math.cos(y / 7);
        smooth.data.set([level, level, level, 255], (y * 120 + x) * 4);
      }
    const crop = { x: 10, y: 10, width: 100, height: 100 };
    const there = await lay(smooth, { angle: 4, crop });
    const inner = { x: 20, y: 20, width: 60, height: 60 };
    const back = await lay(there, { angle: -4, crop: inner });
    const original = cropRaster(smooth, { x: 30, y: 30, width: 60, height: 60 });
    expect(maxDifference(back, original)).toBeLessThanOrEqual(2);
  });
});

describe('a mask', () => {
  test('follows the photo from one frame to another and back', () => {
    const mask = createMask(photo, 0);
    for (let i = 0; i < mask.values.length; i++) mask.values[i] = (i * 37) % 251;
    fc.assert(
      fc.property(anyFrame, (frame) => {
        const change = { from: undefined, to: frame, photo };
        const framed = reframeMask(mask, change, 128);
        expect(framed.photo).toEqual(framedSize(frame, photo));
        const map = photoMap(frame, photo);
        const [x, y] = mapPoint(map, 0.5, 0.5);
        expect(framed.values[0]).toBe(mask.values[Math.floor(y) * 23 + Math.floor(x)]);
        const back = reframeMask(framed, { from: frame, to: undefined, photo }, 128);
        const lost = back.values.filter((value, i) => value !== mask.values[i] && value !== 128);
        expect(lost).toHaveLength(0);
        expect(back.photo).toEqual({ width: 23, height: 17 });
      }),
      { numRuns: 30 },
    );
  });
});
