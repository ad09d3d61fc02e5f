import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { joinBytes } from '../../../../src/formats/metadata/bytes';
import { PngWriter, type PngKind } from '../../../../src/formats/png/writer';
import { sniff } from '../../../../src/formats/sniff';
import { drawPicture, pictureKinds, writeInBands } from '../bands';

async function write(raster: Raster, kind: PngKind, rows = raster.height) {
  return joinBytes(await writeInBands(new PngWriter(raster, kind), raster, rows));
}

describe('a PNG written in bands', () => {
  test('holds what went in, sample by sample, as an independent reader sees it', async () => {
    await fc.assert(
      fc.asyncProperty(pictureKinds, async ({ raster, kind, rows }) => {
        const file = await write(raster, kind, rows);
        const { width, height, depth, channels, data } = decode(file, { checkCrc: true });
        const kept = [...(kind.isGray ? [0] : [0, 1, 2]), ...(kind.hasAlpha ? [3] : [])];
        expect({ width, height, depth }).toEqual({
          ...{ width: raster.width, height: raster.height, depth: kind.depth },
        });
        expect(channels).toBe(kept.length);
        const wanted = Array.from({ length: width * height }, (_, i) =>
          kept.map((c) => raster.data[i * 4 + c]!),
        ).flat();
        expect(Array.from(data)).toEqual(wanted);
        expect(sniff(file)).toMatchObject({ truncated: false, hasAlpha: kind.hasAlpha });
      }),
      { numRuns: 60 },
    );
  });

  test('holds what went in where many blocks go to the compressor, large and small in turn', async () => {
    const kind = { isGray: false, hasAlpha: true, depth: 8 } as const;
    const raster = drawPicture({ width: 200, height: 2000 }, kind, 7, true);
    const { data } = decode(await write(raster, kind, 340));
    expect(Buffer.compare(Buffer.from(data), Buffer.from(raster.data))).toBe(0);
  });

  test('is the same whatever the bands', async () => {
    const kind = { isGray: false, hasAlpha: true, depth: 8 } as const;
    const raster = drawPicture({ width: 33, height: 29 }, kind, 5, true);
    expect(await write(raster, kind, 1)).toEqual(await write(raster, kind));
  });

  test('stretches samples of 8 bits to 16', async () => {
    const gray = { isGray: true, hasAlpha: false } as const;
    const eight = drawPicture({ width: 16, height: 16 }, { ...gray, depth: 8 }, 1, false);
    const long = decode(await write(eight, { ...gray, depth: 16 })).data;
    expect(Array.from(long)).toEqual(
      Array.from({ length: 256 }, (_, i) => eight.data[i * 4]! * 257),
    );
  });

  test('is filtered: a slope takes a small part of its samples', async () => {
    const kind = { isGray: false, hasAlpha: false, depth: 8 } as const;
    const raster = createRaster({ width: 256, height: 256 }, false);
    for (let i = 0; i < raster.data.length; i++) raster.data[i] = (i >> 2) & 255;
    expect((await write(raster, kind)).length).toBeLessThan(raster.data.length / 100);
  });
});
