import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { ditherToEight } from '../../../src/core/picture/depth';
import { createRaster, type Raster } from '../../../src/core/picture/raster';
import { gatherRows, rowsOf, type RowSource } from '../../../src/core/picture/rows';
import { encode, encodeRows } from '../../../src/formats/encode';
import { readTiffPixels } from '../../../src/formats/tiff/pixels';
import { deepen, drawNoise } from '../core/pictures';

const png = { format: 'png', quality: 100 } as const;
const read = async (blob: Blob) => decode(new Uint8Array(await blob.arrayBuffer()));

test('a PNG asks for each row once, top to bottom, and for no more than a band at a time', async () => {
  const picture = drawNoise(30_000, 75);
  const asked: [number, number][] = [];
  const source: RowSource = {
    ...rowsOf(picture),
    read: (y, height) => {
      asked.push([y, height]);
      return rowsOf(picture).read(y, height);
    },
  };
  const { data, width, height, channels } = await read(await encodeRows(source, png));
  expect([width, height, channels]).toEqual([30_000, 75, 3]);
  let next = 0;
  for (const [y, count] of asked) {
    expect(y).toBe(next);
    expect(count * picture.width * 4).toBeLessThanOrEqual(2 ** 23);
    next = y + count;
  }
  expect(next).toBe(75);
  for (let i = 0; i < data.length; i += 3001)
    expect(data[i]).toBe(picture.data[Math.floor(i / 3) * 4 + (i % 3)]);
});

test.each(['png', 'tiff'] as const)(
  'a %s gives back each band that it was given, once it is written, whatever is made of it',
  async (format) => {
    for (const picture of [drawNoise(30_000, 150), deepen(drawNoise(20_000, 120, true))]) {
      const lent = new Set<unknown>();
      let most = 0;
      const source: RowSource = {
        ...rowsOf(picture),
        read(y, height) {
          const rows = rowsOf(picture).read(y, height) as Raster['data'];
          most = Math.max(most, lent.add(rows).size);
          return rows;
        },
        giveBack: (rows) => {
          lent.delete(rows);
          // As if the next ones were there.
          rows.fill(0);
        },
      };
      const file = await encodeRows(source, { format, quality: 100, depth: 8 });
      expect(lent.size).toBe(0);
      expect(most).toBeLessThanOrEqual(2);
      const kept = await encodeRows(rowsOf(picture), { format, quality: 100, depth: 8 });
      const bytes = await Promise.all([file, kept].map((each) => each.arrayBuffer()));
      expect(Buffer.compare(Buffer.from(bytes[0]!), Buffer.from(bytes[1]!))).toBe(0);
    }
  },
);

test('16 bits come out in 8 with one dither over all bands, as of the whole picture', async () => {
  const deep = createRaster({ width: 20_000, height: 60 }, false, 16);
  for (let i = 0; i < deep.data.length; i++) deep.data[i] = i % 4 < 3 ? 9000 + (i >> 11) : 65535;
  const { data } = await read(await encode(deep, { ...png, depth: 8 }));
  const wanted = ditherToEight(await gatherRows(rowsOf(deep))).data.filter((_, i) => i % 4 < 3);
  expect(Buffer.compare(Buffer.from(data as Uint8Array), Buffer.from(wanted))).toBe(0);
});

/** A sky: 1,024 levels of 16 bits in 40 of 8, which rounded would be bands of 52 pixels; gray, and darker downwards. */
function drawSky(hasAlpha: boolean): Raster<Uint16Array<ArrayBuffer>> {
  const sky = createRaster({ width: 2080, height: 48 }, hasAlpha, 16);
  for (let i = 0; i < sky.data.length; i++) {
    const step = Math.floor((((i >> 2) % 2080) / 2080) * 1024);
    sky.data[i] = i % 4 === 3 && !hasAlpha ? 65535 : 60 * 257 + step * 10;
  }
  return sky;
}

/** How far the means of 8 x 8 pixels, all that is seen of a level's fraction, are from a picture's, in levels of 8 bits. */
function bandingOf(samples: ArrayLike<number>, of: Raster, channel: number): number {
  let worst = 0;
  const sum = (from: ArrayLike<number>, step: number, x: number, y: number, at: number) => {
    let total = 0;
    for (let i = 0; i < 64; i++)
      total += from[((y + (i >> 3)) * of.width + x + (i & 7)) * step + at]!;
    return total / 64;
  };
  const step = samples.length / (of.width * of.height);
  for (let y = 0; y + 8 <= of.height; y += 8)
    for (let x = 0; x + 8 <= of.width; x += 8) {
      const seen = sum(samples, step, x, y, step === 1 ? 0 : channel);
      worst = Math.max(worst, Math.abs(seen - sum(of.data, 4, x, y, channel) / 257));
    }
  return worst;
}

describe('a sky of 16 bits, written in 8', () => {
  const colour = drawSky(false);
  const cloud = drawSky(true);
  const colours = { profile: null, isGray: true };

  test.each([
    ['colour', colour, {}, 0],
    ['gray', colour, { colours }, 0],
    ['soft alpha', cloud, {}, 3],
  ] as const)('has no bands as PNG: %s', async (_, sky, options, channel) => {
    const { data } = await read(await encode(sky, { ...png, depth: 8, ...options }));
    // A picture that is only rounded is half a level off in the middle between two bands.
    expect(bandingOf(data, sky, channel)).toBeLessThan(0.06);
  });

  test('has none as TIFF', async () => {
    const blob = await encode(colour, { format: 'tiff', quality: 1, depth: 8 });
    const { data } = await readTiffPixels(new Uint8Array(await blob.arrayBuffer()));
    expect(bandingOf(data, colour, 0)).toBeLessThan(0.06);
  });
});

test('what the picture fails with is what saving fails with', async () => {
  const fault = new Error('gone');
  const source = {
    ...rowsOf(drawNoise(8, 8)),
    read: () => {
      throw fault;
    },
  };
  await expect(encodeRows(source, png)).rejects.toBe(fault);
});

test('a TIFF asks for its rows as a PNG does, and holds them all', async () => {
  const picture = deepen(drawNoise(9_000, 140));
  const blob = await encode(picture, { format: 'tiff', quality: 1 });
  expect(blob.type).toBe('image/tiff');
  const { data, isWhole } = await readTiffPixels(new Uint8Array(await blob.arrayBuffer()));
  expect(isWhole).toBe(true);
  expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(picture.data.buffer))).toBe(0);
});
