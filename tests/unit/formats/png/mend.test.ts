import { readFileSync } from 'node:fs';
import { decode as decodePng } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mendPng } from '../../../../src/formats/png/mend';
import { makePng } from '../odd-pngs';

const folder = new URL('../../../fixtures/formats/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const pixels = (bytes: Uint8Array) => decodePng(bytes, { checkCrc: true });

describe('a PNG that is cut off', () => {
  test.each(['rgb.png', 'palette.png', 'gray-alpha.png', 'rgb16.png', 'alpha.png', 'turned.png'])(
    '%s becomes a whole one of the same size wherever it is cut behind its first pixels',
    async (name) => {
      const file = read(name);
      const whole = pixels(file);
      const start = text(file).indexOf('IDAT') + 4;
      let rows = 0;
      for (
        let end = start + 8;
        end < file.length;
        end += Math.max(3, Math.floor(file.length / 30))
      ) {
        const mended = await mendPng(file.slice(0, end));
        if (!mended) continue;
        const { width, height, data } = pixels(mended);
        expect([width, height]).toEqual([whole.width, whole.height]);
        const right = data.findIndex((value, i) => value !== whole.data[i]);
        rows = right < 0 ? height : Math.floor(right / (data.length / height));
      }
      expect(rows).toBeGreaterThanOrEqual(whole.height - 1);
    },
  );

  test('without its end it loses nothing', async () => {
    const file = read('rgb.png');
    const mended = await mendPng(file.slice(0, -12));
    expect(pixels(mended!).data).toEqual(pixels(file).data);
  });

  test('before its first pixels there is nothing to mend', async () => {
    const file = read('rgb.png');
    expect(await mendPng(file.slice(0, text(file).indexOf('IDAT') + 4))).toBeNull();
  });
});

test('what unpacks to rows of no filter is not taken for pixels', async () => {
  const rows = Uint8Array.from({ length: 80 }, (_, i) => (i % 2 ? 120 : i < 40 ? 0 : 77));
  const mended = await mendPng(await makePng([1, 40], 8, 0, rows));
  expect([...pixels(mended!).data]).toEqual(
    Array.from({ length: 40 }, (_, y) => (y < 20 ? 120 : 0)),
  );
});

test('wrong checksums are set right', async () => {
  const file = read('rgb.png').slice();
  const at = text(file).indexOf('IDAT');
  const end = at + 4 + new DataView(file.buffer).getUint32(at - 4);
  file[end] = file[end]! ^ 0xff;
  expect(pixels((await mendPng(file))!).data).toEqual(pixels(read('rgb.png')).data);
});

test('pixels are found behind a chunk that lies about its length', async () => {
  const file = read('rgb.png');
  const junk = Buffer.from('\0\0\0\x02tEXtjunk that is longer', 'latin1');
  const odd = Uint8Array.from([...file.subarray(0, 33), ...junk, ...file.subarray(33)]);
  expect(pixels((await mendPng(odd))!).data).toEqual(pixels(file).data);
});

test('no more is unpacked than the picture has', async () => {
  const file = read('rgb.png').slice();
  // It says that it is one pixel.
  new DataView(file.buffer).setUint32(16, 1);
  new DataView(file.buffer).setUint32(20, 1);
  expect(pixels((await mendPng(file))!).data).toHaveLength(3);
});

test('any damage ends in a file or in nothing', async () => {
  const file = read('rgb.png');
  const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      const bytes = file.slice();
      for (const [at, value] of changes) if (at < 16 || at > 25) bytes[at] = value;
      const mended = await mendPng(bytes);
      expect(mended === null || mended.length > 0).toBe(true);
    }),
    { numRuns: 100 },
  );
});
