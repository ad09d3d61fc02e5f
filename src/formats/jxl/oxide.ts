import oxideUrl from 'jxl-oxide-wasm/module.wasm?url';
import type { Bytes } from '../metadata/metadata';
import { compileWasm } from '../wasm-codec';

/** A picture as a PNG, in the file's own depth and colours, upright. */
export type JxlPng = {
  readonly png: Bytes;
  /** Whether all of it was there. */
  readonly isWhole: boolean;
};

/**
 * Loads jxl-oxide, a decoder of JPEG XL that keeps depth and profile: a PNG of what a file shows first. 20 megapixels took six
 * seconds in Node. Its memory stays with the thread.
 *
 * @returns A converter, which throws where nothing of a file can be shown.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadOxide(): Promise<(file: Bytes) => JxlPng> {
  const codec = await import('jxl-oxide-wasm');
  await codec.default({ module_or_path: await compileWasm(oxideUrl) });
  return (file) => {
    const image = new codec.JxlImage();
    image.feedBytes(file);
    if (!image.tryInit()) throw new Error('codec: no picture');
    const result = image.render();
    const isWhole = image.loaded;
    image.free();
    return { png: result.encodeToPng() as Bytes, isWhole };
  };
}
