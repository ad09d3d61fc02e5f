import avifDecoderUrl from '@jsquash/avif/codec/dec/avif_dec.wasm?url';
import avifEncoderUrl from '@jsquash/avif/codec/enc/avif_enc.wasm?url';
import jpegEncoderUrl from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?url';
import jxlDecoderUrl from '@jsquash/jxl/codec/dec/jxl_dec.wasm?url';
import pngUrl from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webpDecoderUrl from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import webpEncoderUrl from '@jsquash/webp/codec/enc/webp_enc_simd.wasm?url';
import { peakOf } from '../core/picture/depth';
import type { Depth, Samples } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';
import { compileWasm, must, startCodec, type EmscriptenFactory } from './wasm-codec';

/** 8-bit straight RGBA pixels, as the codecs take and give them. */
export type CodecImage = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/**
 * Writes one picture, quality 1..100; where it is gray and the format can hold that, in one sample a pixel.
 * Throws where the codec fails.
 */
export type WritePicture<Image = CodecImage> = (
  image: Image,
  quality: number,
  isGray: boolean,
) => Uint8Array<ArrayBuffer>;

/** Reads one complete file; throws where it is broken or does not fit in the codec's memory. */
export type ReadPicture = (file: Uint8Array<ArrayBuffer>) => CodecImage;

/** Straight RGBA pixels of either depth. */
export type DeepImage = Size & { readonly data: Samples };

type Encoder = {
  encode(
    data: Uint8ClampedArray,
    width: number,
    height: number,
    options: object,
  ): Uint8Array<ArrayBuffer> | null;
};

type Decoder = { decode(file: Uint8Array): CodecImage | null };

type AvifEncoder = {
  encode(
    data: Uint8Array,
    width: number,
    height: number,
    options: object,
  ): Uint8Array<ArrayBuffer> | null;
};

/** MozJPEG's name for one component. */
const grayscale = 1;

/**
 * Loads MozJPEG's encoder. It ignores alpha and refuses sides above 65500.
 *
 * @returns A writer, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadJpegWriter(): Promise<WritePicture> {
  const [glue, meta] = await Promise.all([
    import('@jsquash/jpeg/codec/enc/mozjpeg_enc.js'),
    import('@jsquash/jpeg/meta.js'),
  ]);
  const factory = glue.default as EmscriptenFactory<Encoder>;
  const codec = await startCodec(factory, jpegEncoderUrl);
  // Progressive files take three times as long to write and are 5 % smaller (measured at 4 MP).
  return ({ data, width, height }, quality, isGray) =>
    must(
      codec.encode(data, width, height, {
        ...meta.defaultOptions,
        ...(isGray && { color_space: grayscale }),
        baseline: true,
        progressive: false,
        quality,
      }),
    );
}

/**
 * Loads libwebp's encoder, the SIMD build (every browser with WebGPU runs it). It keeps alpha exactly
 * and refuses sides above 16383.
 *
 * @returns A writer, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadWebpWriter(): Promise<WritePicture> {
  const { codec, defaults } = await startWebp();
  return ({ data, width, height }, quality) =>
    must(codec.encode(data, width, height, { ...defaults, quality }));
}

/** Of WebP without loss, how hard a shorter file is looked for, 0..100: 75 takes 2.7 times as long for 2.5 % less. */
const losslessEffort = 20;

/**
 * Loads the same encoder for files without loss: every pixel as it is, also where it is transparent.
 *
 * @returns A writer, good for one picture, which takes any quality for none.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadLosslessWebpWriter(): Promise<WritePicture> {
  const { codec, defaults } = await startWebp();
  const options = { ...defaults, lossless: 1, exact: 1, quality: losslessEffort };
  return ({ data, width, height }) => must(codec.encode(data, width, height, options));
}

async function startWebp() {
  const [glue, meta] = await Promise.all([
    import('@jsquash/webp/codec/enc/webp_enc_simd.js'),
    import('@jsquash/webp/meta.js'),
  ]);
  const factory = glue.default as EmscriptenFactory<Encoder>;
  return { codec: await startCodec(factory, webpEncoderUrl), defaults: meta.defaultOptions };
}

/** Bits that an AVIF of more than eight is written with; every decoder of AV1 knows them. */
const deepBits = 10;

/** Of AVIF: how much time is spent, 0..10, of which 10 is the fastest; and where colour keeps its full resolution. */
const avif = { speed: 8, fullColour: 3, leastForFullColour: 90 } as const;

/**
 * Loads libavif's encoder with AOM's, on one thread: 8 bits, or 10 of a picture of 16, alpha exactly. A megapixel takes about
 * a second.
 *
 * @returns A writer, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadAvifWriter(): Promise<WritePicture<DeepImage>> {
  const [glue, meta] = await Promise.all([
    import('@jsquash/avif/codec/enc/avif_enc.js'),
    import('@jsquash/avif/meta.js'),
  ]);
  const factory = glue.default as unknown as EmscriptenFactory<AvifEncoder>;
  const codec = await startCodec(factory, avifEncoderUrl);
  return ({ data, width, height }, quality) => {
    const { speed, fullColour, leastForFullColour } = avif;
    const { defaultOptions } = meta;
    const subsample = quality >= leastForFullColour ? fullColour : defaultOptions.subsample;
    const options = { ...defaultOptions, quality, qualityAlpha: 100, speed, subsample };
    const isDeep = data instanceof Uint16Array;
    const samples = isDeep ? toBits(data, deepBits) : data;
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const bitDepth = isDeep ? deepBits : 8;
    return must(codec.encode(bytes, width, height, { ...options, bitDepth }));
  };
}

type AvifDecoder = { decode(file: Uint8Array, depth: Depth): DeepImage | null };

/**
 * Loads libavif's decoder: straight RGBA, not turned, no colour management, the primary picture only.
 *
 * @param depth Bits a sample; 16 of what has 10 or 12.
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadAvifReader(
  depth: Depth,
): Promise<(file: Uint8Array<ArrayBuffer>) => DeepImage> {
  const glue = await import('@jsquash/avif/codec/dec/avif_dec.js');
  const factory = glue.default as unknown as EmscriptenFactory<AvifDecoder>;
  const codec = await startCodec(factory, avifDecoderUrl);
  return (file) => must(codec.decode(file, depth));
}

/** Samples of 16 bits in fewer. */
function toBits(samples: Uint16Array, bits: number): Uint16Array<ArrayBuffer> {
  const scale = (2 ** bits - 1) / peakOf(16);
  const out = new Uint16Array(samples.length);
  // Faster than `from`, which iterates.
  for (let i = 0; i < out.length; i++) out[i] = Math.round(samples[i]! * scale);
  return out;
}

/**
 * Loads libwebp's decoder: straight alpha, first frame only, no colour management.
 *
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadWebpReader(): Promise<ReadPicture> {
  const glue = await import('@jsquash/webp/codec/dec/webp_dec.js');
  const factory = glue.default as EmscriptenFactory<Decoder>;
  const codec = await startCodec(factory, webpDecoderUrl);
  return (file) => must(codec.decode(file));
}

/**
 * Loads libjxl's decoder: 8-bit straight RGBA in sRGB, upright.
 *
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadJxlReader(): Promise<ReadPicture> {
  const glue = await import('@jsquash/jxl/codec/dec/jxl_dec.js');
  const codec = await startCodec(glue.default as EmscriptenFactory<Decoder>, jxlDecoderUrl);
  return (file) => must(codec.decode(file));
}

/**
 * Loads the PNG codec's decoder: straight alpha, any colour type made 8-bit RGBA, no colour
 * management, no orientation.
 *
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadPngReader(): Promise<ReadPicture> {
  const codec = await startPng();
  return (file) => codec.decode(file);
}

/**
 * Loads the same decoder for pictures of 16 bits: straight RGBA, no colour management, no orientation.
 *
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadDeepPngReader(): Promise<
  (file: Uint8Array<ArrayBuffer>) => Size & { readonly data: Uint16Array<ArrayBuffer> }
> {
  const codec = await startPng();
  return (file) => {
    const image = codec.decode_rgba16(file);
    const { width, height } = image;
    // What it gives lies in its own memory, where the next picture goes.
    const data = image.data.slice();
    image.free();
    return { width, height, data };
  };
}

async function startPng() {
  const codec = await import('@jsquash/png/codec/pkg/squoosh_png.js');
  await codec.default(await compileWasm(pngUrl));
  return codec;
}
