import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Raster } from '../../../../src/core/picture/raster';
import { convertNumbers, convertPlainInks } from '../../../../src/formats/press/convert';
import { readInkJpeg } from '../../../../src/formats/press/jpeg';
import type { Lcms } from '../../../../src/formats/press/lcms';
import { readJpegMetadata } from '../../../../src/formats/jpeg/metadata';
import { sniff } from '../../../../src/formats/sniff';
import { readTiffMetadata } from '../../../../src/formats/tiff/metadata';
import { readTiffPixels } from '../../../../src/formats/tiff/pixels';
import { readFixture } from '../metadata/told-photo';

/** What another build of LittleCMS makes of spots: where, and red, green and blue. */
const told = JSON.parse(
  readFileSync(new URL('../../../fixtures/press.json', import.meta.url), 'utf8'),
) as Record<string, readonly (readonly [number, number, number, number, number])[]>;

/** A fresh engine, as Node starts it. */
async function loadLcms(): Promise<Lcms> {
  const glue = (await import('lcms-wasm/dist/lcms.js')) as { default: () => Promise<Lcms> };
  return glue.default();
}

const pixel = ({ data, width }: Pick<Raster, 'data' | 'width'>, x: number, y: number) =>
  Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));

/** Within a level, or three where the decoders of JPEG round differently. */
function expectTold(raster: Raster, name: string, scale = 1): void {
  const within = name.endsWith('.jpg') ? 3 : 1.5;
  for (const [x, y, ...colour] of told[name]!)
    for (const [c, value] of colour.entries())
      expect(Math.abs(pixel(raster, x, y)[c]! / scale - value), `${x} ${y}`).toBeLessThanOrEqual(
        within,
      );
}

test.each(['inks.jpg', 'inks-progressive.jpg', 'ycck.jpg'])(
  '%s is converted through its profile as another build of the engine does it',
  async (name) => {
    const file = readFixture(name);
    expect(sniff(file)).toMatchObject({ press: 'cmyk', coloured: true, width: 96, height: 64 });
    const raster = (await readInkJpeg(file))!;
    const profile = readJpegMetadata(file).profile!;
    expect(convertNumbers(await loadLcms(), 'cmyk-inverted', profile, raster.data)).toBe(true);
    expectTold(raster, name);
  },
);

test('so are the inks of a TIFF, and CIE Lab without a profile', async () => {
  const inks = readFixture('inks.tif');
  const picture = await readTiffPixels(inks);
  const { profile } = readTiffMetadata(inks);
  expect(convertNumbers(await loadLcms(), 'cmyk', profile!, picture.data)).toBe(true);
  expectTold(picture, 'inks.tif');
  const lab = await readTiffPixels(readFixture('lab.tif'));
  expect(convertNumbers(await loadLcms(), 'lab', null, lab.data)).toBe(true);
  expectTold(lab, 'lab.tif');
  // Alpha is none of the colours.
  expect(pixel(lab, 0, 0)[3]).toBe(255);
});

test.each(['lab16.tif', 'icc-lab16.tif'])('%s keeps 16 bits', async (name) => {
  expect(sniff(readFixture(name))).toMatchObject({ press: 'lab', depth: 16, coloured: true });
  const lab = await readTiffPixels(readFixture(name));
  expect(convertNumbers(await loadLcms(), 'lab', null, lab.data)).toBe(true);
  expectTold(lab, 'lab.tif', 257);
  expect(new Set(lab.data.map((level) => level & 255)).size).toBeGreaterThan(200);
});

test('inks without a profile take the light away, and their alpha lies beside them', async () => {
  const { data, veil, hasAlpha } = await readTiffPixels(readFixture('inks-alpha.tif'));
  expect([data.length, veil!.length, hasAlpha]).toEqual([24 * 16 * 4, 24 * 16, true]);
  expect(Array.from(veil!.subarray(0, 6))).toEqual([0, 0, 9, 9, 18, 18].map((a) => a * 257));
  convertPlainInks(data);
  // The script's inks at 20, 9: 50, 35, 190 and 29 of 255.
  const wanted = [50, 35, 190].map((ink) => ((255 - ink) / 255) * (255 - 29) * 257);
  for (const [c, value] of wanted.entries())
    expect(Math.abs(pixel({ data, width: 24 }, 20, 9)[c]! - value)).toBeLessThanOrEqual(1);
});

test('what is no profile leaves the numbers as they are', async () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 4);
  const lcms = await loadLcms();
  expect(convertNumbers(lcms, 'cmyk', new Uint8Array(200), data)).toBe(false);
  // One of red, green and blue is none of inks.
  const profile = readTiffMetadata(readFixture('profile.tif')).profile!;
  expect(convertNumbers(lcms, 'cmyk', profile, data)).toBe(false);
  expect(Array.from(data)).toEqual([1, 2, 3, 4]);
});

test('a JPEG of inks that is broken is left to others', async () => {
  const file = readFixture('inks.jpg');
  expect(await readInkJpeg(file.slice(0, 300))).toBeNull();
  expect(await readInkJpeg(new Uint8Array(9))).toBeNull();
});
