import { readFileSync } from 'node:fs';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { defaultOptions } from '@jsquash/jpeg/meta.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../../src/core/picture/raster';
import { StripJoiner, stripStep } from '../../../../src/formats/jpeg/joiner';
import { joinBytes } from '../../../../src/formats/metadata/bytes';
import type { Bytes } from '../../../../src/formats/metadata/metadata';
import { drawPicture } from '../bands';

type Encoder = { encode(data: Uint8Array, width: number, height: number, how: object): Bytes };
type Decoder = { decode(file: Bytes, turn: boolean): Raster };

const start = <Codec>(factory: unknown, file: string) => {
  const wasmBinary = readFileSync(new URL(import.meta.resolve(`@jsquash/jpeg/codec/${file}`)));
  return (factory as (how: object) => Promise<Codec>)({ noInitialRun: true, wasmBinary });
};
const encoder = await start<Encoder>(jpegEncoder, 'enc/mozjpeg_enc.wasm');
const decoder = await start<Decoder>(jpegDecoder, 'dec/mozjpeg_dec.wasm');

const decode = (file: Bytes) => decoder.decode(file, false);

/** Some rows of a picture, as the page's encoder writes them. */
function encodeRows({ data, width }: Raster, y: number, end: number, quality: number, more = {}) {
  const rows = new Uint8Array(data.buffer).slice(y * width * 4, end * width * 4);
  const how = { ...defaultOptions, baseline: true, progressive: false, quality, ...more };
  return encoder.encode(rows, width, end - y, how).slice();
}

async function join(strips: readonly Bytes[]): Promise<Bytes> {
  const joiner = new StripJoiner();
  for (const strip of strips) joiner.add(strip);
  const parts: Bytes[] = [];
  for await (const part of joiner.write()) parts.push(part);
  return joinBytes(parts);
}

const cases = fc.record({
  ...{ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 100 }) },
  ...{ quality: fc.integer({ min: 1, max: 100 }), steps: fc.integer({ min: 1, max: 3 }) },
  ...{ isGray: fc.boolean(), smooth: fc.boolean(), seed: fc.integer() },
});

test('a joined file shows exactly what its strips show, whatever their number, size, quality and kind', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ width, height, quality, steps, isGray, smooth, seed }) => {
      const kind = { isGray, hasAlpha: false, depth: 8 } as const;
      const raster = drawPicture({ width, height }, kind, seed, smooth);
      // Where colour has half the resolution, decoders mix it over the edges of strips.
      const how = isGray ? { color_space: 1 } : { auto_subsample: false, chroma_subsample: 1 };
      const rows = steps * stripStep;
      const strips: Bytes[] = [];
      for (let y = 0; y < height; y += rows)
        strips.push(encodeRows(raster, y, Math.min(height, y + rows), quality, how));
      const joined = decode(await join(strips));
      expect([joined.width, joined.height]).toEqual([width, height]);
      const wanted = joinBytes(strips.map((strip) => new Uint8Array(decode(strip).data.buffer)));
      expect(Buffer.compare(new Uint8Array(joined.data.buffer), wanted)).toBe(0);
    }),
    { numRuns: 150 },
  );
});

describe('of a picture whose colour has half the resolution', () => {
  const quality = 60;
  const [width, height] = [203, 150];
  const raster = drawPicture(
    { width, height },
    { isGray: false, hasAlpha: false, depth: 8 },
    7,
    true,
  );
  const strips = [0, 48, 96, 144].map((y) =>
    encodeRows(raster, y, Math.min(height, y + 48), quality),
  );

  test('all rows but those at the edges of strips are theirs, and these are near', async () => {
    const joined = decode(await join(strips)).data;
    const wanted = joinBytes(strips.map((strip) => new Uint8Array(decode(strip).data.buffer)));
    let near = 0;
    for (let i = 0; i < wanted.length; i++) {
      const row = Math.floor(i / (width * 4)) % 48;
      const difference = Math.abs(joined[i]! - wanted[i]!);
      if (row > 0 && row < 47) expect(difference, `row ${row}`).toBe(0);
      else near = Math.max(near, difference);
    }
    expect(near).toBeLessThan(40);
  });
});

test('a joined file is as long as one that was encoded as a whole', async () => {
  const [width, height] = [200, 256];
  const kind = { isGray: false, hasAlpha: false, depth: 8 } as const;
  const raster = drawPicture({ width, height }, kind, 5, false);
  const strips = [0, 64, 128, 192].map((y) => encodeRows(raster, y, y + 64, 60));
  const whole = encodeRows(raster, 0, height, 60);
  expect((await join(strips)).length).toBeLessThan(whole.length * 1.005);
});

describe('is refused', () => {
  const raster = drawPicture(
    { width: 40, height: 64 },
    { isGray: false, hasAlpha: false, depth: 8 },
    3,
    true,
  );
  const first = encodeRows(raster, 0, 32, 80);
  test.each([
    ['of another quality', encodeRows(raster, 32, 64, 40)],
    ['of another kind', encodeRows(raster, 32, 64, 80, { color_space: 1 })],
    ['that is progressive', encodeRows(raster, 32, 64, 80, { baseline: false, progressive: true })],
    ['of another width', encodeRows({ ...raster, width: 20 }, 0, 32, 80)],
    ['that is no JPEG', new Uint8Array(100)],
  ])('a strip %s', (_, second) => {
    const joiner = new StripJoiner();
    joiner.add(first);
    expect(() => joiner.add(second)).toThrow(RangeError);
  });

  test('any strip behind one whose height is no multiple of a block', () => {
    const joiner = new StripJoiner();
    joiner.add(encodeRows(raster, 0, 24, 80));
    expect(() => joiner.add(encodeRows(raster, 24, 64, 80))).toThrow(RangeError);
  });
});
