import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { toEight } from '../../../src/core/picture/depth';
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

test('16 bits come out in 8 with one dither over all bands, as of the whole picture', async () => {
  const deep = deepen(drawNoise(20_000, 60));
  for (let i = 0; i < deep.data.length; i++) if (i % 4 < 3) deep.data[i]! ^= 0x55;
  const { data } = await read(await encode(deep, { ...png, depth: 8 }));
  const wanted = toEight(await gatherRows(rowsOf(deep)), true).data.filter((_, i) => i % 4 < 3);
  expect(Buffer.compare(Buffer.from(data as Uint8Array), Buffer.from(wanted))).toBe(0);
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
