import { EnhanceError } from '../core/errors';
import { ditherToEight, peakOf, roundMean, toEight } from '../core/picture/depth';
import { toGray } from '../core/picture/gray';
import { createLike, depthOf, type Depth, type Raster } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';
import { gatherRows, readBands, rowsOf, type RowSource } from '../core/picture/rows';
import {
  formats,
  mostCodecPixels,
  mostDepth,
  mostLosslessPixels,
  refuseLongSide,
  type FormatFacts,
} from '../core/format';
import type { MetadataWish, SaveOptions } from '../core/recipe/recipe';
import {
  loadAvifWriter,
  loadJpegWriter,
  loadLosslessWebpWriter,
  loadWebpWriter,
  type WritePicture,
} from './codecs';
import { throwAltered } from '../integrity/fetch-checked';
import { plainColours, type Colours } from './colours';
import { StripJoiner, stripStep } from './jpeg/joiner';
import { joinBytes } from './metadata/bytes';
import { noMetadata, type Bytes, type Metadata } from './metadata/metadata';
import { writeMetadata } from './metadata/write';
import { PngWriter } from './png/writer';
import { isLosslessWebp } from './webp/metadata';

/** How a picture is written. */
export type WriteOptions = Pick<SaveOptions, 'format' | 'quality' | 'lossless'> & {
  /** Bits a sample, where the format has a choice; by default the picture's own. */
  readonly depth?: Depth;
  /** What the numbers mean; by default sRGB. */
  readonly colours?: Colours;
  /** Dots per inch that the file tells, whatever else it does; by default what the photo's did. */
  readonly dpi?: number | null;
  /** What the photo's file said, and what of it is written; nothing where it is left out. */
  readonly metadata?: { readonly read: Metadata; readonly wish: MetadataWish };
};

/** Of files that say nothing. */
const nothing: MetadataWish = { keep: false, isAnonymous: true, mark: false };

/** Of pictures of 8 bits. */
const writers = { jpeg: loadJpegWriter, webp: loadWebpWriter } as const;

/**
 * Writes a raster as a file; see {@link encodeRows}.
 *
 * @param raster The picture; not changed.
 * @param options How.
 * @param signal Cancels between two bands.
 * @returns A Blob of the format's MIME type.
 * @throws {EnhanceError} As {@link encodeRows}.
 */
export function encode(raster: Raster, options: WriteOptions, signal?: AbortSignal): Promise<Blob> {
  return encodeRows(rowsOf(raster), options, signal);
}

/**
 * Writes a picture as a file: PNG and TIFF losslessly with straight alpha, WebP and AVIF with alpha, JPEG over white. What is gray
 * has one sample a pixel where the format can hold that, and its own profile stays with every picture.
 * A PNG or TIFF is written band by band, and so is a large JPEG; the codecs of the others want the whole picture, in 8 bits.
 * Each codec is downloaded when first needed; where that fails, or the picture is more than it can hold,
 * the browser's own encoder is used.
 * Runs for seconds on large pictures, with a codec without yielding: call it in a worker.
 *
 * @param picture The picture. One of 16 bits is dithered where 8 are written; an AVIF of it has 10.
 * @param options `format`, and `quality` 1..100 (ignored where nothing is lost: by the format, or by a WebP that is to be
 *   `lossless`).
 * @param signal Cancels between two bands, and between loading a codec and encoding.
 * @returns A Blob of the format's MIME type.
 * @throws {EnhanceError} `too-large` where the format cannot hold the size, `out-of-memory` where
 *   the encoder fails, `unsupported-format` where only the browser's encoder is left and lacks it.
 * @throws {unknown} What the picture's source fails with.
 */
export async function encodeRows(
  picture: RowSource,
  options: WriteOptions,
  signal?: AbortSignal,
): Promise<Blob> {
  const { format } = options;
  const target = formats[format];
  refuseLongSide(format, picture);
  signal?.throwIfAborted();
  const rows = fitRows(picture, options, signal);
  try {
    if (format === 'png') return await writePng(rows, options);
    if (format === 'tiff') return await writeTiff(rows, options);
    if (format === 'jpeg') {
      const strips = await writeJpegStrips(rows, options, signal);
      if (strips) return strips;
    }
    const file = await encodeLossy(rows, { ...options, format }, signal);
    return new Blob([...(await addMetadata(file, rows, options))], { type: target.mime });
  } catch (error) {
    throw error instanceof RangeError ? outOfMemory(picture, target, error) : error;
  }
}

/** How samples are kept by what is written here. */
function kindOf({ hasAlpha, depth }: RowSource, options: WriteOptions) {
  return { isGray: isGrayscale(options), hasAlpha, depth: options.depth ?? depth };
}

async function writePng(picture: RowSource, options: WriteOptions): Promise<Blob> {
  const writer = new PngWriter(picture, kindOf(picture, options));
  const parts: BlobPart[] = [...(await addMetadata(joinBytes(writer.take()), picture, options))];
  // A blob need not lie in this thread's memory, nor in anybody's.
  const setAside = (finished: readonly Bytes[]) => parts.push(new Blob([...finished]));
  for await (const { band } of readBands(picture)) {
    await writer.write(band.data);
    setAside(writer.take());
  }
  setAside(await writer.end());
  return new Blob(parts, { type: formats.png.mime });
}

/** A TIFF's beginning and its directory, which tell of everything in it, are known when its strips are. */
async function writeTiff(picture: RowSource, options: WriteOptions): Promise<Blob> {
  const { TiffWriter } = await import('./tiff/writer').catch((error: unknown) => {
    throwAltered(error);
    throw new EnhanceError('encoder-missing', { format: formats.tiff.title });
  });
  // A file has one byte order: that of the EXIF block that it is to be given, where `MM` puts the highest byte first.
  const isLittle = options.metadata?.read.exif?.[0] !== 0x4d;
  const writer = new TiffWriter(picture, { ...kindOf(picture, options), isLittle });
  const strips: Blob[] = [];
  for await (const { band } of readBands(picture)) {
    await writer.write(band.data);
    strips.push(new Blob([...writer.take()]));
  }
  strips.push(new Blob([...(await writer.end())]));
  const [head, ...rest] = await addMetadata(writer.frame(), picture, options);
  return new Blob([head!, ...strips, ...rest], { type: formats.tiff.mime });
}

/**
 * A JPEG of more than a strip is encoded strip by strip, which are joined; null where that cannot be, or need not.
 */
async function writeJpegStrips(
  picture: RowSource,
  options: WriteOptions,
  signal?: AbortSignal,
): Promise<Blob | null> {
  if (picture.width * picture.height <= mostCodecPixels.jpeg) return null;
  const joiner = new StripJoiner();
  const write = await loadJpegWriter().catch(() => null);
  if (!write) return null;
  for await (const { band } of readBands(picture, stripStep)) {
    signal?.throwIfAborted();
    try {
      joiner.add(write(toEight(band), clampQuality(options), isGrayscale(options)));
    } catch {
      return null;
    }
  }
  const parts: BlobPart[] = [];
  for await (const part of joiner.write())
    parts.push(
      new Blob(parts.length > 0 ? [part] : [...(await addMetadata(part, picture, options))]),
    );
  return new Blob(parts, { type: formats.jpeg.mime });
}

type LossyOptions = WriteOptions & { readonly format: keyof typeof writers | 'avif' };

async function encodeLossy(
  picture: RowSource,
  options: LossyOptions,
  signal?: AbortSignal,
): Promise<Bytes> {
  const target = formats[options.format];
  const isExact = isLosslessWish(options);
  const most = isExact ? mostLosslessPixels : mostCodecPixels[options.format];
  const fits = picture.width * picture.height <= most;
  const file = fits && (await encodeWithCodec(picture, options, signal));
  if (file) return file;
  // Some browsers take full quality for no loss.
  const quality = isExact ? 100 : clampQuality(options);
  const blob = await encodeWithCanvas(picture, target, quality);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (isExact && !isLosslessWebp(bytes)) throw outOfMemory(picture, target, 'lossless');
  return bytes;
}

const isLosslessWish = ({ format, lossless }: WriteOptions) =>
  format === 'webp' && lossless === true;

const clampQuality = ({ quality }: WriteOptions) => Math.min(100, Math.max(1, quality));

/** One sample a pixel says the same as three, but a profile of red, green and blue is none of one sample. */
const isGrayscale = ({ colours = plainColours }: WriteOptions) =>
  colours.isGray && !colours.profile;

/** Null where the codec could not be fetched, or ran out of memory that was given to others. */
async function encodeWithCodec(
  picture: RowSource,
  options: LossyOptions,
  signal?: AbortSignal,
): Promise<Bytes | null> {
  const { format } = options;
  const whole = await gatherRows(picture);
  try {
    const write = await startWriter(format, options);
    signal?.throwIfAborted();
    return write(whole, clampQuality(options), isGrayscale(options));
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

/** Takes either depth, where the format holds 16 bits; rows of other formats have 8. */
async function startWriter(
  format: LossyOptions['format'],
  options: WriteOptions,
): Promise<WritePicture<Raster>> {
  if (format === 'avif') return loadAvifWriter();
  const write = await (isLosslessWish(options) ? loadLosslessWebpWriter() : writers[format]());
  return (raster, ...how) => write(toEight(raster), ...how);
}

async function addMetadata(
  file: Bytes,
  picture: Size & { readonly hasAlpha: boolean },
  { format, metadata, colours = plainColours, dpi = null }: WriteOptions,
): Promise<readonly Bytes[]> {
  const { read, wish } = metadata ?? { read: noMetadata, wish: nothing };
  const { profile } = colours;
  const now = new Date().toISOString();
  return writeMetadata(file, { format, picture, metadata: read, wish, profile, dpi, now });
}

function outOfMemory(
  { width, height }: Size,
  { title: format }: FormatFacts,
  error: unknown,
): EnhanceError {
  return new EnhanceError('no-memory-to-save', { format, width, height, cause: String(error) });
}

/** As the format holds it: its depth, without the alpha or the colour that it has no place for. */
function fitRows(
  source: RowSource,
  { format, depth: wanted = source.depth, colours = plainColours }: WriteOptions,
  signal?: AbortSignal,
): RowSource {
  const depth = wanted === 8 || mostDepth(format, source) === 8 ? 8 : source.depth;
  const hasAlpha = source.hasAlpha && formats[format].carries.alpha;
  return {
    ...{ ...source, depth, hasAlpha },
    async read(y, height) {
      signal?.throwIfAborted();
      const { width, space } = source;
      const data = await source.read(y, height);
      const read: Raster = { width, height, hasAlpha: source.hasAlpha, space, data };
      const gray = colours.isGray ? toGray(read) : read;
      const fitting = gray.hasAlpha && !hasAlpha ? flattenOverWhite(gray) : gray;
      // Last, or what is worked out of it would be rounded into bands again.
      const fit = depth === 8 ? ditherToEight(fitting, y) : fitting;
      if (fit.data !== data) source.giveBack?.(data);
      return fit.data;
    },
  };
}

/** Composited in sRGB values, as every viewer does it, so that the file looks like the screen did. */
function flattenOverWhite(raster: Raster): Raster {
  const { data } = raster;
  const full = peakOf(depthOf(raster));
  const flat = createLike({ ...raster, hasAlpha: false });
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / full;
    for (let c = i; c < i + 3; c++) flat.data[c] = roundMean(data[c]! * alpha + full * (1 - alpha));
    flat.data[i + 3] = full;
  }
  return flat;
}

async function encodeWithCanvas(
  picture: RowSource,
  target: FormatFacts,
  quality: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  if (!context) throw outOfMemory(picture, target, 'no context');
  for await (const { y, band } of readBands(picture)) {
    const { data, width, height } = toEight(band);
    context.putImageData(new ImageData(data, width, height), 0, y);
  }
  const blob = await canvas
    .convertToBlob({ type: target.mime, quality: quality / 100 })
    .catch((error: unknown) => {
      throw outOfMemory(picture, target, error);
    });
  if (blob.type !== target.mime)
    throw new EnhanceError('encoder-missing', { format: target.title });
  return blob;
}
