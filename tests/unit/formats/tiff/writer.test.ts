import ExifReader from 'exifreader';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { joinBytes } from '../../../../src/formats/metadata/bytes';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import { sniff } from '../../../../src/formats/sniff';
import { readTiffPixels } from '../../../../src/formats/tiff/pixels';
import { writeTiffMetadata } from '../../../../src/formats/tiff/write-metadata';
import { TiffWriter, type TiffKind } from '../../../../src/formats/tiff/writer';
import { drawPicture, pictureKinds, writeInBands } from '../bands';

const pictures = pictureKinds.chain((drawn) =>
  fc.boolean().map((isLittle) => ({ ...drawn, kind: { ...drawn.kind, isLittle } })),
);

async function write(raster: Raster, kind: TiffKind, rows = raster.height) {
  const writer = new TiffWriter(raster, kind);
  const strips = await writeInBands(writer, raster, rows);
  const [head, directory] = writeTiffMetadata(writer.frame(), noMetadata);
  return [head, ...strips, directory];
}

describe('a TIFF written in bands', () => {
  test('holds what went in, sample by sample', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async ({ raster, kind, rows }) => {
        const file = joinBytes(await write(raster, kind, rows));
        const { width, height } = raster;
        const header = { width, height, hasAlpha: kind.hasAlpha, depth: kind.depth };
        expect(sniff(file)).toMatchObject(header);
        const { data, isWhole } = await readTiffPixels(file);
        expect(isWhole).toBe(true);
        expect(data).toEqual(raster.data);
      }),
      { numRuns: 60 },
    );
  });

  test('is described as an independent reader wants it', async () => {
    const kind = { isGray: false, hasAlpha: true, depth: 16, isLittle: false } as const;
    const file = joinBytes(await write(createRaster({ width: 9, height: 4 }, true, 16), kind));
    expect(ExifReader.load(file.buffer)).toMatchObject({
      ...{
        ImageWidth: { value: 9 },
        ImageLength: { value: 4 },
        BitsPerSample: { value: [16, 16, 16, 16] },
      },
      ...{
        Compression: { value: 8 },
        PhotometricInterpretation: { value: 2 },
        SamplesPerPixel: { value: 4 },
      },
    });
  });

  test('is the same whatever the bands, also of many strips', async () => {
    const kind = { isGray: false, hasAlpha: false, depth: 8, isLittle: true } as const;
    const raster = drawPicture({ width: 4000, height: 130 }, kind, 5, true);
    const whole = joinBytes(await write(raster, kind));
    expect(joinBytes(await write(raster, kind, 7))).toEqual(whole);
    expect((await readTiffPixels(whole)).data).toEqual(raster.data);
    // Strips of half a megabyte: 43 rows of 12,000 bytes.
    expect((await write(raster, kind)).length).toBeGreaterThanOrEqual(2 + 4);
  });

  test('stretches samples of 8 bits to 16', async () => {
    const gray = { isGray: true, hasAlpha: false, isLittle: true } as const;
    const eight = drawPicture({ width: 16, height: 16 }, { ...gray, depth: 8 }, 1, false);
    const file = joinBytes(await write(eight, { ...gray, depth: 16 }));
    expect(Array.from((await readTiffPixels(file)).data)).toEqual(
      Array.from(eight.data, (level) => level * 257),
    );
  });
});
