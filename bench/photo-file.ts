import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
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
