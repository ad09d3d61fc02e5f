import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blendStrength } from '../../../../src/core/picture/blend';
import { toEight } from '../../../../src/core/picture/depth';
import { cropRaster, depthOf, type Raster } from '../../../../src/core/picture/raster';
import { intersect, wholeRect, widen, type Rect } from '../../../../src/core/picture/rect';
import { resample } from '../../../../src/core/picture/resample';
import { gatherRows, type RowSource } from '../../../../src/core/picture/rows';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { measureDrift } from '../../../../src/core/run/colour-drift';
import { finishPixels } from '../../../../src/core/run/finish-pixels';
import { finishPart, finishRows } from '../../../../src/core/run/finish-render';
import { createGuide } from '../../../../src/core/tint/guide';
import { spreadTint } from '../../../../src/core/tint/tint-map';
import { reachOf } from '../../../../src/core/run/finish-terms';
import { createMask } from '../../../../src/core/run/mask-brush';
import { anyFinish } from '../finishes';
import { deepen, drawNoise, maxDifference } from '../pictures';

const original = drawNoise(40, 150, true);
const result = drawNoise(80, 300, true);
const render = (finish: Finish, from: Raster = original, to: Raster = result) =>
  gatherRows(finishRows({ original: from, result: to, finish }));

test('the neutral finish has the result’s pixels, in buffers of its own', async () => {
  expect(maxDifference(await render(neutralFinish), result)).toBe(0);
  const rows = finishRows({ original, result, finish: neutralFinish });
  (await rows.read(3, 2)).fill(0);
  expect(maxDifference(await render(neutralFinish), result)).toBe(0);
});

test('strength alone is the blend, bit for bit, its ends too', async () => {
  for (const strength of [0, 0.25, 0.5, 0.8])
    expect(
      maxDifference(
        await render({ ...neutralFinish, strength }),
        blendStrength(original, result, strength),
      ),
    ).toBe(0);
});

test('at the photo’s own size strength 0 is the photo, colour under transparency too', async () => {
  const clear = { ...original, data: original.data.slice() };
  for (let i = 3; i < clear.data.length; i += 12) clear.data[i] = 0;
  const repaired = drawNoise(40, 150, true).data.fill(200);
  const finish = { ...neutralFinish, strength: 0 };
  const out = await render(finish, clear, { ...original, data: repaired });
  expect(maxDifference(out, clear)).toBe(0);
});

test('any part of any finish is what the whole has there', async () => {
  const part: fc.Arbitrary<Rect> = fc
    .record({ x: fc.nat(79), y: fc.nat(299), right: fc.nat(79), bottom: fc.nat(299) })
    .map(({ x, y, right, bottom }) => ({
      x: Math.min(x, right),
      y: Math.min(y, bottom),
      width: Math.abs(right - x) + 1,
      height: Math.abs(bottom - y) + 1,
    }));
  await fc.assert(
    fc.asyncProperty(anyFinish, part, async (finish, rect) => {
      const whole = await render(finish);
      const piece = await finishPart({ original, result, finish }, rect);
      expect(maxDifference(piece, cropRaster(whole, rect))).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test('through a mask of zeros it is the plain enlargement, through one of ones the result', async () => {
  for (const [value, expected] of [
    [0, resample(original, result)],
    [255, result],
  ] as const) {
    const masked = { ...neutralFinish, mask: createMask(original, value) };
    expect(maxDifference(await render(masked), expected)).toBe(0);
    const sharpen = { amount: value === 0 ? 1 : 0, radius: 1 };
    expect(maxDifference(await render({ ...masked, sharpen }), expected)).toBe(0);
  }
});

test('a stage at 100 % shows the bytes that the file has there, of any finish', async () => {
  const [photo, made] = [drawNoise(12, 14, true), drawNoise(24, 28, true)];
  made.data.reverse();
  const stage = fc.record({
    x: fc.integer({ min: -9, max: 20 }),
    y: fc.integer({ min: -9, max: 24 }),
    width: fc.constant(11),
    height: fc.constant(13),
  });
  await fc.assert(
    fc.asyncProperty(
      anyFinish,
      stage,
      fc.integer({ min: 1, max: 28 }),
      async (finish, at, band) => {
        const tint = finish.tint && spreadTint(createGuide(photo), finish.tint);
        const { data: file } = await readInBands(
          finishRows({ original: photo, result: made, finish, tint }),
          band,
        );
        const shown = intersect(at, wholeRect(made))!;
        const area = intersect(widen(at, reachOf(finish)), wholeRect(made))!;
        const out = cropRaster(made, area);
        const plates = {
          plain: resample(photo, made, area),
          enhanced: cropRaster(made, area),
          columns: Int32Array.from({ length: area.width }, (_, i) => area.x + i),
          rows: Int32Array.from({ length: area.height }, (_, i) => area.y + i),
          ...{ whole: made, step: 1, drift: await measureDrift(photo, made), tint },
        };
        finishPixels(plates, finish, out);
        const seen = cropRaster(out, { ...shown, x: shown.x - area.x, y: shown.y - area.y });
        expect(maxDifference(seen, cropRaster({ ...made, data: file }, shown))).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

async function readInBands(source: RowSource, height: number): Promise<Raster> {
  const { data, ...head } = result;
  const out = {
    ...head,
    width: source.width,
    height: source.height,
    data: data.slice(0, source.width * source.height * 4),
  };
  for (let y = 0; y < source.height; y += height) {
    const band = await source.read(y, Math.min(height, source.height - y));
    out.data.set(band, y * source.width * 4);
  }
  return out;
}

test('nothing is changed but what it returns', async () => {
  const before = [original.data.slice(), result.data.slice()];
  await render({ ...neutralFinish, strength: 0.5, colourLock: 1, luminanceOnly: true });
  expect([original.data, result.data]).toEqual(before);
});

test('colour lock brings a tinted result back to the photo’s colours', async () => {
  const photo = drawNoise(64, 64);
  const tinted = { ...photo, data: photo.data.slice() };
  for (let i = 0; i < tinted.data.length; i += 4) tinted.data[i + 2]! -= 30;
  const locked = await render({ ...neutralFinish, colourLock: 1 }, photo, tinted);
  const blueness = ({ data }: Raster) => {
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += data[i + 2]! - data[i + 1]!;
    return sum / (data.length / 4);
  };
  expect(blueness(tinted)).toBeLessThan(blueness(photo) - 25);
  expect(Math.abs(blueness(locked) - blueness(photo))).toBeLessThan(1);
});

test('in 16 bits a finish is what it is in 8, to the rounding of 8', async () => {
  const [photo, made] = [drawNoise(40, 30), drawNoise(80, 60)];
  made.data.reverse();
  for (let i = 3; i < made.data.length; i += 4) made.data[i] = 255;
  const mask = { width: 2, height: 1, values: new Uint8Array([40, 255]) };
  const grade = {
    ...{ exposure: 0.3, contrast: 0.2, temperature: 0.2, saturation: 0.2, vibrance: 0.2 },
    ...{ shadowTone: 0.5, highlightTone: -0.5, monochrome: false },
  };
  const grain = { amount: 0.4, size: 2, seed: 3 };
  for (const luminanceOnly of [false, true]) {
    const sharpen = { amount: 0.3, radius: 1 };
    const finish = {
      ...{ strength: 0.6, colourLock: 0.5, luminanceOnly, grain, sharpen, mask, grade },
      ...{ tint: null, faces: [] },
    };
    const deep = await render(finish, deepen(photo), deepen(made));
    expect(depthOf(deep)).toBe(16);
    // The plain enlargement is rounded before it is graded, and the result after.
    const flat = await render(finish, photo, made);
    expect(maxDifference(toEight(deep), flat)).toBeLessThanOrEqual(2);
  }
});
