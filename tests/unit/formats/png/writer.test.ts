import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { createRaster, type Depth, type Raster } from '../../../../src/core/picture/raster';
import { joinBytes } from '../../../../src/formats/metadata/bytes';
import { PngWriter, type PngKind } from '../../../../src/formats/png/writer';
import { sniff } from '../../../../src/formats/sniff';

/** A picture of arbitrary samples, gray where its kind says so. */
const pictures = fc
  .record({
    ...{ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) },
    ...{ isGray: fc.boolean(), hasAlpha: fc.boolean(), depth: fc.constantFrom<Depth>(8, 16) },
    ...{ seed: fc.integer(), smooth: fc.boolean(), rows: fc.integer({ min: 1, max: 9 }) },
  })
  .map(({ width, height, seed, smooth, rows, ...kind }) => ({
    ...{ kind, rows },
    raster: draw({ width, height }, kind, seed, smooth),
  }));

function draw(
  size: { width: number; height: number },
  kind: PngKind,
  seed: number,
  smooth: boolean,
) {
  const raster: Raster = createRaster(size, kind.hasAlpha, kind.depth);
  const peak = kind.depth === 8 ? 255 : 65535;
  let state = seed;
  for (let i = 0; i < raster.data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const noise = ((state >> 8) & 0xffff) / 65535;
    const level = smooth ? (i / raster.data.length + noise / 50) % 1 : noise;
    raster.data[i] = i % 4 === 3 && !kind.hasAlpha ? peak : Math.round(level * peak);
  }
  if (kind.isGray)
    for (let i = 0; i < raster.data.length; i += 4)
      raster.data[i] = raster.data[i + 2] = raster.data[i + 1]!;
  return raster;
}

async function write(raster: Raster, kind: PngKind, rows = raster.height) {
  const writer = new PngWriter(raster, kind);
  const step = rows * raster.width * 4;
  for (let at = 0; at < raster.data.length; at += step)
    await writer.write(raster.data.subarray(at, at + step));
  return joinBytes(await writer.end());
}

describe('a PNG written in bands', () => {
  test('holds what went in, sample by sample, as an independent reader sees it', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async ({ raster, kind, rows }) => {
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

  test('is the same whatever the bands', async () => {
    const kind = { isGray: false, hasAlpha: true, depth: 8 } as const;
    const raster = draw({ width: 33, height: 29 }, kind, 5, true);
    expect(await write(raster, kind, 1)).toEqual(await write(raster, kind));
  });

  test('stretches samples of 8 bits to 16', async () => {
    const gray = { isGray: true, hasAlpha: false } as const;
    const eight = draw({ width: 16, height: 16 }, { ...gray, depth: 8 }, 1, false);
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
