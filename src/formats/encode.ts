import { EnhanceError } from '../core/errors';
import { toEight } from '../core/picture/depth';
import { toGray } from '../core/picture/gray';
import { createLike, depthOf, type Depth, type Raster, type Raster8 } from '../core/picture/raster';
import { formats, titlesHolding, type FormatFacts, type SavedFormat } from '../core/format';
import type { MetadataWish, SaveOptions } from '../core/recipe/recipe';
import { loadJpegWriter, loadWebpWriter, type WritePicture } from './codecs';
import { plainColours, type Colours } from './colours';
import { joinBytes } from './metadata/bytes';
import { noMetadata, type Bytes, type Metadata } from './metadata/metadata';
import { PngWriter } from './png/writer';
import { writeMetadata } from './metadata/write';

/** How a picture is written. */
export type WriteOptions = Pick<SaveOptions, 'format' | 'quality'> & {
  /** Bits a sample, where the format has a choice; by default the picture's own. */
  readonly depth?: Depth;
  /** What the numbers mean; by default sRGB. */
  readonly colours?: Colours;
  /** What the photo's file said, and what of it is written; nothing where it is left out. */
  readonly metadata?: { readonly read: Metadata; readonly wish: MetadataWish };
};

/** Rows of a PNG between two looks at the signal. */
const pngRows = 256;

/** Of files that say nothing. */
const nothing: MetadataWish = { keep: false, isAnonymous: true, mark: false };

/** Those that a codec writes. */
const writers: Readonly<Record<Exclude<SavedFormat, 'png'>, () => Promise<WritePicture>>> = {
  jpeg: loadJpegWriter,
  webp: loadWebpWriter,
};

/**
 * Writes a raster as a file: PNG losslessly with straight alpha, WebP with alpha, JPEG over white. What is gray
 * has one sample a pixel where the format can hold that, and its own profile stays with every picture.
 * Each codec is downloaded when first needed; where that fails, or the picture is more than it can hold,
 * the browser's own encoder is used.
 * Runs for seconds on large pictures without yielding: call it in a worker.
 *
 * @param raster The picture; not changed. One of 16 bits is dithered where 8 are written.
 * @param options `format`, and `quality` 1..100 (ignored where the format is lossless).
 * @param signal Cancels between loading the codec and encoding.
 * @returns A Blob of the format's MIME type.
 * @throws {EnhanceError} `too-large` where the format cannot hold the size, `out-of-memory` where
 *   the encoder fails, `unsupported-format` where only the browser's encoder is left and lacks it.
 */
export async function encode(
  raster: Raster,
  options: WriteOptions,
  signal?: AbortSignal,
): Promise<Blob> {
  const target = formats[options.format];
  checkSize(raster, target);
  signal?.throwIfAborted();
  const { format, colours = plainColours } = options;
  const picture = tryConvert(raster, target, options);
  const file =
    format === 'png'
      ? await writePng(picture, colours, options.depth ?? depthOf(picture), signal)
      : await encodePicture(toEight(picture, true), { ...options, format }, signal);
  return new Blob([...(await addMetadata(file, picture, options))], { type: target.mime });
}

async function writePng(
  raster: Raster,
  { isGray, profile }: Colours,
  depth: Depth,
  signal?: AbortSignal,
): Promise<Bytes> {
  const { width, height, hasAlpha, data } = raster;
  const writer = new PngWriter(raster, { isGray: isGray && !profile, hasAlpha, depth });
  for (let y = 0; y < height; y += pngRows) {
    signal?.throwIfAborted();
    await writer.write(data.subarray(y * width * 4, Math.min(height, y + pngRows) * width * 4));
  }
  return joinBytes(await writer.end());
}

async function encodePicture(
  raster: Raster8,
  options: WriteOptions & { readonly format: keyof typeof writers },
  signal?: AbortSignal,
): Promise<Bytes> {
  const { format, colours = plainColours } = options;
  const quality = Math.min(100, Math.max(1, options.quality));
  try {
    const write = await writers[format]();
    signal?.throwIfAborted();
    return write(raster, quality, colours.isGray && !colours.profile);
  } catch {
    // It could not be fetched, or ran out of its 2 GiB, as MozJPEG does on 195 megapixels.
    signal?.throwIfAborted();
    const blob = await encodeWithCanvas(raster, formats[format], quality);
    return new Uint8Array(await blob.arrayBuffer());
  }
}

async function addMetadata(
  file: Bytes,
  picture: Raster,
  { format, metadata, colours = plainColours }: WriteOptions,
): Promise<readonly Bytes[]> {
  const { read, wish } = metadata ?? { read: noMetadata, wish: nothing };
  const { profile } = colours;
  const now = new Date().toISOString();
  return writeMetadata(file, { format, picture, metadata: read, wish, profile, now });
}

function checkSize({ width, height }: Raster, { title: format, mostSide }: FormatFacts): void {
  const side = Math.max(width, height);
  if (side <= mostSide) return;
  const others = titlesHolding(side);
  throw new EnhanceError('side-too-long', { format, width, height, mostSide, others });
}

function outOfMemory(
  { width, height }: Raster,
  { title: format }: FormatFacts,
  error: unknown,
): EnhanceError {
  return new EnhanceError('no-memory-to-save', { format, width, height, cause: String(error) });
}

/** As the format holds it: its depth, without the alpha or the colour that it has no place for. */
function tryConvert(raster: Raster, target: FormatFacts, options: WriteOptions): Raster {
  try {
    const depth = options.depth ?? depthOf(raster);
    const fitting = depth === 8 || target.carries.depth === 8 ? toEight(raster, true) : raster;
    const gray = options.colours?.isGray ? toGray(fitting) : fitting;
    return gray.hasAlpha && !target.carries.alpha ? flattenOverWhite(toEight(gray, true)) : gray;
  } catch (error) {
    throw outOfMemory(raster, target, error);
  }
}

/** Composited in sRGB values, as every viewer does it, so that the file looks like the screen did. */
function flattenOverWhite(raster: Raster8): Raster8 {
  const { data } = raster;
  const flat = createLike(raster).data;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 255) / 255;
    const white = 255 * (1 - alpha);
    flat[i] = (data[i] ?? 0) * alpha + white;
    flat[i + 1] = (data[i + 1] ?? 0) * alpha + white;
    flat[i + 2] = (data[i + 2] ?? 0) * alpha + white;
    flat[i + 3] = 255;
  }
  return { ...raster, data: flat, hasAlpha: false };
}

async function encodeWithCanvas(
  raster: Raster8,
  target: FormatFacts,
  quality: number,
): Promise<Blob> {
  let blob: Blob;
  try {
    const canvas = new OffscreenCanvas(raster.width, raster.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no context');
    context.putImageData(new ImageData(raster.data, raster.width, raster.height), 0, 0);
    blob = await canvas.convertToBlob({ type: target.mime, quality: quality / 100 });
  } catch (error) {
    throw outOfMemory(raster, target, error);
  }
  if (blob.type !== target.mime)
    throw new EnhanceError('encoder-missing', { format: target.title });
  return blob;
}
