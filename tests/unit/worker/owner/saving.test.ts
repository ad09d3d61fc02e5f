import { expect, test } from 'vitest';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import type { WriteOptions } from '../../../../src/formats/encode';
import type { EncoderHost } from '../../../../src/worker/owner/encoder';
import type { OpenPhoto } from '../../../../src/worker/owner/photos';
import { estimateBytes } from '../../../../src/worker/owner/saving';
import { drawNoise } from '../../core/pictures';

test('the size of a large file is told from windows of its picture, and what is written beside', async () => {
  const raster = drawNoise(300, 250);
  const result = drawNoise(2700, 2250);
  const colours = { profile: new Uint8Array(5000), isGray: true };
  const metadata = { ...noMetadata, exif: new Uint8Array(300), xmp: 'x'.repeat(20) };
  const photo = {
    raster,
    colours,
    metadata,
    withResult: () => ({ raster, ground: raster, result }),
  };
  let encoded = { pixels: 0, options: {} as WriteOptions };
  const encoder: Pick<EncoderHost, 'encode'> = {
    encode: async (picture, options) => {
      encoded = { pixels: picture.width * picture.height, options };
      const data = await picture.read(0, picture.height);
      return new Blob([new Uint8Array(data.length / 8)]);
    },
  };
  const estimate = (keep: boolean) => {
    const wish = { keep, isAnonymous: false, mark: false };
    const how = { format: 'webp', quality: 50, metadata: wish } as const;
    const { signal } = new AbortController();
    const decode = () => Promise.reject(new Error('nothing to be decoded'));
    return estimateBytes(photo as unknown as OpenPhoto, how, { decode, encoder }, signal);
  };
  const bare = 2700 * 2250 * 0.5 + 5000;
  expect(Math.abs((await estimate(false)) - bare)).toBeLessThan(1);
  expect(Math.abs((await estimate(true)) - bare - 320)).toBeLessThan(1);
  expect(encoded.pixels).toBeLessThan(2 ** 21 * 1.2);
  // With a profile gray has three samples, of which two say nothing.
  const kind = { profile: null, isGray: false };
  const usual = { format: 'webp', quality: 50, lossless: false, depth: 8 };
  expect(encoded.options).toEqual({ ...usual, colours: kind });
  metadata.isLossless = true;
  await estimate(false);
  expect(encoded.options.lossless).toBe(true);
});
