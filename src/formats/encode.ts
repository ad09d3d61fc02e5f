import { EnhanceError } from '../core/errors';
import type { Raster } from '../core/picture/raster';
import type { SaveOptions } from '../core/recipe/recipe';
import { loadJpegWriter, loadPngWriter, loadWebpWriter, type WritePicture } from './codecs';

type Target = {
  readonly title: string;
  readonly type: string;
  /** Longest side the format holds, in pixels. */
  readonly mostSide: number;
  /** Titles of formats that hold longer sides. */
  readonly others: readonly string[];
  readonly load: () => Promise<WritePicture>;
};

const targets: Readonly<Record<SaveOptions['format'], Target>> = {
  png: {
    title: 'PNG',
    type: 'image/png',
    // The format's own limit is 2^31 - 1, which no raster reaches.
    mostSide: Infinity,
    others: [],
    load: loadPngWriter,
  },
  // The format's field holds 65535; libjpeg, and so every browser, stops at 65500.
  jpeg: {
    title: 'JPEG',
    type: 'image/jpeg',
    mostSide: 65500,
    others: ['PNG'],
    load: loadJpegWriter,
  },
  webp: {
    title: 'WebP',
    type: 'image/webp',
    mostSide: 16383,
    others: ['PNG', 'JPEG'],
    load: loadWebpWriter,
  },
};

/**
 * Writes a raster as a file: PNG losslessly with straight alpha, WebP with alpha, JPEG over white.
 * Each codec is downloaded when first needed; where that fails, or the picture is more than it can hold,
 * the browser's own encoder is used.
 * Runs for seconds on large pictures without yielding: call it in a worker.
 *
 * @param raster The picture, sRGB; not changed.
 * @param options `format`, and `quality` 1..100 (ignored for PNG).
 * @param signal Cancels between loading the codec and encoding.
 * @returns A Blob of the format's MIME type.
 * @throws {EnhanceError} `too-large` where the format cannot hold the size, `out-of-memory` where
 *   the encoder fails, `unsupported-format` where only the browser's encoder is left and lacks it.
 */
export async function encode(
  raster: Raster,
  options: Pick<SaveOptions, 'format' | 'quality'>,
  signal?: AbortSignal,
): Promise<Blob> {
  const target = targets[options.format];
  checkSize(raster, target);
  signal?.throwIfAborted();
  const quality = Math.min(100, Math.max(1, options.quality));
  const image = options.format === 'jpeg' && raster.hasAlpha ? tryFlatten(raster, target) : raster;
  try {
    const write = await target.load();
    signal?.throwIfAborted();
    return new Blob([write(image, quality)], { type: target.type });
  } catch {
    // It could not be fetched, or ran out of its 2 GiB, as MozJPEG does on 195 megapixels.
    signal?.throwIfAborted();
    return encodeWithCanvas(image, target, quality);
  }
}

function checkSize({ width, height }: Raster, { title: format, mostSide, others }: Target): void {
  if (Math.max(width, height) > mostSide)
    throw new EnhanceError('side-too-long', { format, width, height, mostSide, others });
}

function outOfMemory(
  { width, height }: Raster,
  { title: format }: Target,
  error: unknown,
): EnhanceError {
  return new EnhanceError('no-memory-to-save', { format, width, height, cause: String(error) });
}

function tryFlatten(raster: Raster, target: Target): Raster {
  try {
    return flattenOverWhite(raster);
  } catch (error) {
    throw outOfMemory(raster, target, error);
  }
}

/** Composited in sRGB values, as every viewer does it, so that the file looks like the screen did. */
function flattenOverWhite({ width, height, data }: Raster): Raster {
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 255) / 255;
    const white = 255 * (1 - alpha);
    flat[i] = (data[i] ?? 0) * alpha + white;
    flat[i + 1] = (data[i + 1] ?? 0) * alpha + white;
    flat[i + 2] = (data[i + 2] ?? 0) * alpha + white;
    flat[i + 3] = 255;
  }
  return { width, height, data: flat, hasAlpha: false };
}

async function encodeWithCanvas(raster: Raster, target: Target, quality: number): Promise<Blob> {
  let blob: Blob;
  try {
    const canvas = new OffscreenCanvas(raster.width, raster.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no context');
    context.putImageData(new ImageData(raster.data, raster.width, raster.height), 0, 0);
    blob = await canvas.convertToBlob({ type: target.type, quality: quality / 100 });
  } catch (error) {
    throw outOfMemory(raster, target, error);
  }
  if (blob.type !== target.type)
    throw new EnhanceError('encoder-missing', { format: target.title });
  return blob;
}
