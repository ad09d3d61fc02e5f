import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import type { Raster } from '../../../../src/core/picture/raster';
import { sniff } from '../../../../src/formats/sniff';
import { readTiffPixels } from '../../../../src/formats/tiff/pixels';
import { readFixture } from '../metadata/told-photo';

const [red, green, blue, yellow] = [
  [220, 30, 30],
  [30, 180, 30],
  [30, 30, 220],
  [230, 220, 40],
] as const;

const pixel = ({ data, width }: Raster, x: number, y: number) =>
  Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));

/** Red | green over blue | yellow, as scripts/make-fixtures.py draws it. */
function quadrant(x: number, y: number): readonly number[] {
  if (y < 16) return x < 24 ? red : green;
  return x < 24 ? blue : yellow;
}

/** The script's `veil`. */
const veil = (x: number, y: number) => [
  ...[(x * 4) & 255, (y * 8) & 255, 255 - x * 2],
  Math.min(255, Math.floor(x / 2) * 9),
];

function expectAll(picture: Raster, wanted: (x: number, y: number) => readonly number[]): void {
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++)
      expect(pixel(picture, x, y), `${x} ${y}`).toEqual(wanted(x, y));
}

describe('a TIFF is read sample by sample', () => {
  test.each(['rgb', 'lzw', 'tiles', 'planes', 'palette', 'profile', 'pages'])(
    '%s.tif',
    async (name) => {
      const picture = await readTiffPixels(readFixture(`${name}.tif`));
      expect(picture).toMatchObject({ width: 48, height: 32, hasAlpha: false, isWhole: true });
      expectAll(picture, (x, y) => [...quadrant(x, y), 255]);
    },
  );

  test.each(['rgba16', 'deep', 'deep-tiles'])('%s.tif, of 16 bits', async (name) => {
    const picture = await readTiffPixels(readFixture(`${name}.tif`));
    expect(picture).toMatchObject({ width: 64, height: 32, hasAlpha: true, isWhole: true });
    expectAll(picture, (x, y) => veil(x, y).map((level) => level * 257));
  });

  test('straight alpha, and alpha that colours are multiples of', async () => {
    expectAll(await readTiffPixels(readFixture('alpha.tif')), veil);
    const divided = await readTiffPixels(readFixture('associated.tif'));
    for (let y = 0; y < 32; y++)
      for (let x = 2; x < 64; x++) {
        const [wanted, read] = [veil(x, y), pixel(divided, x, y)];
        expect(read[3]).toBe(wanted[3]);
        // A product was rounded to the nearest of 255 levels.
        const within = Math.ceil(128 / wanted[3]!);
        for (const c of [0, 1, 2])
          expect(Math.abs(read[c]! - wanted[c]!)).toBeLessThanOrEqual(within);
      }
  });

  test('gray, of 8 bits, of 16 with white as 0, and of one', async () => {
    const gray = await readTiffPixels(readFixture('gray.tif'));
    expect(pixel(gray, 42, 26)).toEqual([202, 202, 202, 255]);
    const white = await readTiffPixels(readFixture('white16.tif'));
    expect(pixel(white, 40, 7)).toEqual([160 * 257, 160 * 257, 160 * 257, 65535]);
    const levels = await readTiffPixels(readFixture('two-levels.tif'));
    expect(pixel(levels, 6, 26)).toEqual([0, 0, 0, 255]);
    expect(pixel(levels, 42, 26)).toEqual([255, 255, 255, 255]);
  });

  test('what is cut off is read as far as it goes', async () => {
    const picture = await readTiffPixels(readFixture('cut.tif'));
    expect(picture).toMatchObject({ width: 192, height: 160, isWhole: false });
    expect(pixel(picture, 0, 0)).toEqual([128, 228, 128, 255]);
    expect(pixel(picture, 0, 159)).toEqual([0, 0, 0, 255]);
  });
});

test.each([
  ['fax.tif', 'tiff-kind-unsupported', { field: 'compression', value: 4 }],
  ['jpeg.tif', 'tiff-kind-unsupported', { field: 'compression', value: 7 }],
  ['float.tif', 'tiff-kind-unsupported', { field: 'sample-format', value: 3 }],
  ['big.tif', 'file-foreign', { kind: 'bigtiff' }],
])('%s is refused with a reason', (name, problem, facts) => {
  expect(() => sniff(readFixture(name))).toThrow(expect.objectContaining({ problem, facts }));
});

test('a few bytes that claim 300 megapixels take no memory', async () => {
  const reading = readTiffPixels(readFixture('huge-header.tif'));
  await expect(reading).rejects.toBeInstanceOf(EnhanceError);
  await expect(reading).rejects.toMatchObject({ problem: 'file-damaged' });
});
