import avifEncoderUrl from '@jsquash/avif/codec/enc/avif_enc.wasm?url';
import jpegEncoderUrl from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?url';
import jxlDecoderUrl from '@jsquash/jxl/codec/dec/jxl_dec.wasm?url';
import pngUrl from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webpDecoderUrl from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import webpEncoderUrl from '@jsquash/webp/codec/enc/webp_enc_simd.wasm?url';
import heifUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';
import type { Size } from '../core/picture/rect';
import { fetchChecked } from '../integrity/fetch-checked';

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
export type WritePicture = (
  image: CodecImage,
  quality: number,
  isGray: boolean,
) => Uint8Array<ArrayBuffer>;

/** Reads one complete file; throws where it is broken or does not fit in the codec's memory. */
export type ReadPicture = (file: Uint8Array<ArrayBuffer>) => CodecImage;

type EmscriptenFactory<Codec> = (overrides: {
  noInitialRun: boolean;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
}) => Promise<Codec>;

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

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Not compileStreaming: it needs the right MIME type, which simple static hosts do not send. */
function compileWasm(url: string): Promise<WebAssembly.Module> {
  const known = compiled.get(url);
  if (known) return known;
  const job = fetchChecked(url).then(({ bytes }) => WebAssembly.compile(bytes));
  compiled.set(url, job);
  // A failed download is tried again at the next save.
  job.catch(() => compiled.delete(url));
  return job;
}

/**
 * A fresh instance for each picture: a wasm heap never shrinks, and one that ran out of memory is
 * unusable, so neither outlives the picture it was for.
 */
async function startCodec<Codec>(
  factory: EmscriptenFactory<Codec>,
  wasmUrl: string,
): Promise<Codec> {
  const wasm = await compileWasm(wasmUrl);
  return factory({
    noInitialRun: true,
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      done(instance);
      return instance.exports;
    },
  });
}

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
  const [glue, meta] = await Promise.all([
    import('@jsquash/webp/codec/enc/webp_enc_simd.js'),
    import('@jsquash/webp/meta.js'),
  ]);
  const factory = glue.default as EmscriptenFactory<Encoder>;
  const codec = await startCodec(factory, webpEncoderUrl);
  return ({ data, width, height }, quality) =>
    must(codec.encode(data, width, height, { ...meta.defaultOptions, quality }));
}

/** Of AVIF: how much time is spent, 0..10, of which 10 is the fastest; and where colour keeps its full resolution. */
const avif = { speed: 8, fullColour: 3, leastForFullColour: 90 } as const;

/**
 * Loads libavif's encoder with AOM's, on one thread: 8 bits, alpha exactly. A megapixel takes about a second.
 *
 * @returns A writer, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadAvifWriter(): Promise<WritePicture> {
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
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return must(codec.encode(bytes, width, height, options));
  };
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
    const { width, height, data } = image;
    image.free();
    return { width, height, data: data as Uint16Array<ArrayBuffer> };
  };
}

/** What of libheif is called. */
type Libheif = {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifImage[] };
};

type HeifImage = {
  is_primary(): boolean;
  get_width(): number;
  get_height(): number;
  /** Fills the pixels, and gives null where it fails. */
  display(into: CodecImage, done: (filled: CodecImage | null) => void): void;
  free(): void;
};

/**
 * Loads libheif with its decoder of HEVC, where the browser has none: 8-bit straight RGBA, turned as the file
 * says, no colour management.
 *
 * @returns A reader of the picture that the file shows first, good for one.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadHeifReader(): Promise<
  (file: Uint8Array<ArrayBuffer>) => Promise<CodecImage>
> {
  const glue = await import('libheif-js/libheif-wasm/libheif.js');
  const codec = await startCodec(glue.default as unknown as EmscriptenFactory<Libheif>, heifUrl);
  return async (file) => {
    const images = new codec.HeifDecoder().decode(file);
    const shown = images.find((image) => image.is_primary()) ?? images[0] ?? null;
    const image = must(shown);
    const [width, height] = [image.get_width(), image.get_height()];
    const into = { data: new Uint8ClampedArray(width * height * 4), width, height };
    try {
      return must(await new Promise<CodecImage | null>((done) => image.display(into, done)));
    } finally {
      for (const each of images) each.free();
    }
  };
}

async function startPng() {
  const codec = await import('@jsquash/png/codec/pkg/squoosh_png.js');
  await codec.default(await compileWasm(pngUrl));
  return codec;
}

function must<T>(result: T | null): T {
  if (result === null) throw new Error('codec: null');
  return result;
}
