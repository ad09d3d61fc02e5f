import heifUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';
import { peakOf } from '../../core/picture/depth';
import type { Depth } from '../../core/picture/raster';
import type { DeepImage } from '../codecs';
import { must, startCodec, type EmscriptenFactory } from '../wasm-codec';

/** What of libheif is called. */
type Libheif = {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifImage[] };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: {
    readonly heif_chroma_interleaved_RGBA: unknown;
    /** Two bytes a sample, the lowest first. */
    readonly heif_chroma_interleaved_RRGGBBAA_LE: unknown;
  };
  heif_js_decode_image2(
    handle: unknown,
    space: unknown,
    chroma: unknown,
  ): Promise<Decoded> | Decoded;
  heif_image_release(image: unknown): void;
};

type HeifImage = { readonly handle: unknown; is_primary(): boolean; free(): void };

/** With a code in place of pixels where it failed. */
type Decoded = {
  readonly code?: unknown;
  readonly image: unknown;
  readonly channels?: readonly Samples[];
};

/** Rows of interleaved samples in the codec's memory, each of whole bytes. */
type Samples = {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly bits_per_pixel: number;
  readonly data: Uint8Array;
};

/**
 * Loads libheif with its decoder of HEVC: straight RGBA, turned as the file says, no colour management.
 *
 * @param depth Bits a sample; 16 of what has 10 or 12.
 * @returns A reader of the picture that the file shows first, good for one.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadHeifReader(
  depth: Depth,
): Promise<(file: Uint8Array<ArrayBuffer>) => Promise<DeepImage>> {
  const glue = await import('libheif-js/libheif-wasm/libheif.js');
  const codec = await startCodec(glue.default as unknown as EmscriptenFactory<Libheif>, heifUrl);
  const { heif_colorspace: spaces, heif_chroma: kinds } = codec;
  const kind =
    depth === 16 ? kinds.heif_chroma_interleaved_RRGGBBAA_LE : kinds.heif_chroma_interleaved_RGBA;
  return async (file) => {
    const images = new codec.HeifDecoder().decode(file);
    try {
      const { handle } = must(images.find((image) => image.is_primary()) ?? images[0] ?? null);
      const made = codec.heif_js_decode_image2(handle, spaces.heif_colorspace_RGB, kind);
      const decoded = must(await made);
      const samples = decoded.code === undefined ? decoded.channels?.[0] : undefined;
      const read = must(samples ? readSamples(samples, depth) : null);
      codec.heif_image_release(decoded.image);
      return read;
    } finally {
      for (const each of images) each.free();
    }
  };
}

/** A copy of the pixels, of full scale in whatever depth they came. */
function readSamples(samples: Samples, depth: Depth): DeepImage {
  const { width, height, stride, data, bits_per_pixel: bits } = samples;
  const out =
    depth === 16 ? new Uint16Array(width * height * 4) : new Uint8ClampedArray(width * height * 4);
  const scale = peakOf(16) / (2 ** bits - 1);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let y = 0, i = 0; y < height; y++) {
    const row = y * stride;
    if (out instanceof Uint8ClampedArray)
      out.set(data.subarray(row, row + width * 4), y * width * 4);
    else
      for (let x = 0; x < width * 4; x++, i++)
        out[i] = Math.round(view.getUint16(row + x * 2, true) * scale);
  }
  return { width, height, data: out };
}
