import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bleedColour, hasTransparency } from '../../../../src/core/picture/alpha';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';

/** One row; a letter is a visible pixel of that brightness, a dot a transparent black one. */
function row(text: string): Raster8 {
  const raster = createRaster({ width: text.length, height: 1 }, true);
  for (const [i, c] of [...text].entries()) {
    const value = c.charCodeAt(0);
    if (c !== '.') raster.data.set([value, value, value, 7], i * 4);
  }
  return raster;
}

const reds = ({ data }: Raster8) => Array.from(data.filter((_, i) => i % 4 === 0));
const alphas = ({ data }: Raster8) => Array.from(data.filter((_, i) => i % 4 === 3));

test('colour grows into transparent pixels from the nearest visible ones, alpha stays', () => {
  const raster = row('...z.....');
  bleedColour(raster, 2);
  expect(reds(raster)).toEqual([0, 122, 122, 122, 122, 122, 0, 0, 0]);
  expect(alphas(raster)).toEqual([0, 0, 0, 7, 0, 0, 0, 0, 0]);
});

test('where two colours meet, the pixel between is their mean', () => {
  const raster = row('d.f');
  bleedColour(raster, 32);
  expect(reds(raster)).toEqual([100, 101, 102]);
});

test('a picture without visible pixels, or without transparent ones, is left alone', () => {
  const empty = row('.....');
  const full = row('abc');
  bleedColour(empty, 32);
  bleedColour(full, 32);
  expect(reds(empty)).toEqual([0, 0, 0, 0, 0]);
  expect(reds(full)).toEqual([97, 98, 99]);
});

test('visible pixels and every alpha never change; filled colour stays between the visible ones', () => {
  const picture = fc.integer({ min: 1, max: 12 }).chain((width) =>
    fc.integer({ min: 1, max: 12 }).chain((height) =>
      fc
        .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
        .map((bytes): Raster8 => {
          const data = Uint8ClampedArray.from(bytes, (v, i) => (i % 4 === 3 && v < 170 ? 0 : v));
          return { width, height, data, hasAlpha: true, space: 'srgb' };
        }),
    ),
  );
  fc.assert(
    fc.property(picture, fc.nat(20), (raster, radius) => {
      const before = raster.data.slice();
      bleedColour(raster, radius);
      const visible = reds(raster).filter((_, i) => before[i * 4 + 3] !== 0);
      for (let i = 0; i < before.length; i += 4) {
        expect(raster.data[i + 3]).toBe(before[i + 3]);
        const value = raster.data[i] ?? 0;
        if (before[i + 3] !== 0) expect(value).toBe(before[i]);
        else if (value !== before[i]) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...visible));
          expect(value).toBeLessThanOrEqual(Math.max(...visible));
        }
      }
    }),
  );
});

test('transparency is found wherever it is', () => {
  const raster = createRaster({ width: 3, height: 1 }, true);
  expect(hasTransparency(raster.data)).toBe(true);
  raster.data.fill(255);
  expect(hasTransparency(raster.data)).toBe(false);
  raster.data[11] = 254;
  expect(hasTransparency(raster.data)).toBe(true);
});
