import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpegWriterFactory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions } from '@jsquash/jpeg/meta.js';
import webpFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import { createRaster, type Raster } from '../src/core/picture/raster';
import { readPng } from './images';

/** What emscripten makes of a codec, as far as it is used here; the packages' own types need a browser's. */
type Factory = (overrides: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<{
  decode(
    file: Uint8Array,
    ...keepsOrientation: readonly boolean[]
  ): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } | null;
}>;

const { resolve } = createRequire(import.meta.url);
const wasmOf = (name: string) => ({ noInitialRun: true, wasmBinary: readFileSync(resolve(name)) });

const codecs = {
  jpg: () =>
    (jpegFactory as unknown as Factory)(wasmOf('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')),
  webp: () => (webpFactory as unknown as Factory)(wasmOf('@jsquash/webp/codec/dec/webp_dec.wasm')),
};

/**
 * Reads a photo from the disk, without a browser.
 *
 * @param path A `.png`, `.jpg` or `.webp` without transparency, 8 bits a channel; no orientation is heeded.
 * @returns An opaque raster of its own.
 * @throws {Error} When it is of another type, or damaged.
 */
export async function readPhoto(path: string): Promise<Raster> {
  const type = path.split('.').at(-1);
  if (type === 'png') return readPng(path);
  if (type !== 'jpg' && type !== 'webp') throw new Error(`${path} is no PNG, JPEG or WebP.`);
  const codec = await codecs[type]();
  const decoded = codec.decode(readFileSync(path), ...(type === 'jpg' ? [false] : []));
  if (!decoded) throw new Error(`${path} cannot be decoded.`);
  const raster = createRaster(decoded, false);
  raster.data.set(decoded.data);
  return raster;
}

/** What emscripten makes of the encoder, as `Factory`. */
type WriterFactory = (overrides: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<{
  encode(
    data: Uint8ClampedArray,
    width: number,
    height: number,
    options: typeof defaultOptions,
  ): Uint8Array;
}>;

/**
 * What a JPEG file of a photo shows.
 *
 * @param raster The photo; only read.
 * @param quality 1..100, libjpeg's scale.
 * @returns An opaque raster of its own.
 */
export async function compressPhoto(raster: Raster, quality: number): Promise<Raster> {
  const writer = await (jpegWriterFactory as unknown as WriterFactory)(
    wasmOf('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
  );
  const { width, height } = raster;
  const options = { ...defaultOptions, quality };
  const file = writer.encode(Uint8ClampedArray.from(raster.data), width, height, options);
  const decoded = (await codecs.jpg()).decode(Uint8Array.from(file), false)!;
  const out = createRaster(decoded, false);
  out.data.set(decoded.data);
  return out;
}
