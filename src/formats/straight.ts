import type { PhotoFormat } from '../core/format';
import { hasTransparency } from '../core/picture/alpha';
import type { Depth, Raster, Raster8 } from '../core/picture/raster';
import { throwAltered } from '../integrity/fetch-checked';
import {
  loadAvifReader,
  loadDeepPngReader,
  loadPngReader,
  loadWebpReader,
  type DeepImage,
} from './codecs';
import { editFile } from './edits';
import type { ImageHeader } from './header';
import { loadHeifReader } from './heif/reader';
import { hideAlpha, readHeifTurn } from './heif/turn';
import type { Bytes } from './metadata/metadata';
import { turnRaster } from './orientation';

type Read = (file: Bytes) => DeepImage | Promise<DeepImage>;

/** Codecs that give a file's own numbers. */
export const readers: Partial<Record<PhotoFormat, (depth: Depth) => Promise<Read>>> = {
  avif: loadAvifReader,
  heic: loadHeifReader,
  png: (depth) => (depth === 16 ? loadDeepPngReader() : loadPngReader()),
  webp: loadWebpReader,
};

/**
 * Reads pixels with alpha, or of more than 8 bits, past the canvas, which rounds colour under low alpha and has 8 bits; Chromium 156
 * also stretches an AVIF's alpha, as if it began at 16 and ended at 235. Only where nothing else is asked of the
 * decoder: one whole frame, and no colours converted.
 *
 * @param bytes The file.
 * @param header Its header.
 * @returns The picture, upright; undefined where the browser is to be asked, which decodes more than these codecs do, and says
 *   so better.
 * @throws {EnhanceError} `file-altered` where the codec is not as it was built.
 */
export async function readStraight(bytes: Bytes, header: ImageHeader): Promise<Raster | undefined> {
  const { format, depth, hasAlpha, animated, truncated } = header;
  if (!(hasAlpha || depth === 16) || animated || truncated) return undefined;
  try {
    return await readOwnNumbers(bytes, header, await readers[format]?.(depth));
  } catch (error) {
    throwAltered(error);
    return undefined;
  }
}

/**
 * A file's own numbers, upright.
 *
 * @param bytes The file.
 * @param header Its header.
 * @param read Reads them, not turned but for HEIC's; undefined where nothing does.
 * @returns The picture; undefined without a reader, and where the file asks for more than to be turned.
 * @throws {Error} Where the reader makes nothing of the file.
 */
export async function readOwnNumbers(
  bytes: Bytes,
  header: ImageHeader,
  read: Read | undefined,
): Promise<Raster | undefined> {
  const orientation = turnOf(bytes, header);
  if (!orientation || !read) return undefined;
  const { data, width, height } = await read(bytes);
  return turnRaster({ data, width, height, hasAlpha: header.hasAlpha, space: 'srgb' }, orientation);
}

/** How stored pixels are to be turned; null where the file asks for more than that. */
function turnOf(bytes: Bytes, { format, orientation }: ImageHeader) {
  return format === 'avif' ? readHeifTurn(new DataView(bytes.buffer)) : orientation;
}

/**
 * An AVIF whose colours the browser is to convert, as if it were opaque: its alpha is read apart ({@link readStraight}).
 *
 * @param bytes The file.
 * @param file The same, with whatever edits there are.
 * @param header Its header.
 * @returns The file to be decoded, and what gives its picture its alpha; null for all other files.
 */
export async function splitAlpha(
  bytes: Bytes,
  file: Blob,
  header: ImageHeader,
): Promise<{ readonly file: Blob; join(opaque: Raster8): Raster8 } | null> {
  if (header.format !== 'avif' || !header.hasAlpha) return null;
  const straight = await readStraight(bytes, { ...header, depth: 8 });
  if (!straight || !hasTransparency(straight.data)) return null;
  const edits = hideAlpha(new DataView(bytes.buffer));
  return {
    file: editFile(file, edits),
    join: ({ data, ...size }) => {
      for (let i = 3; i < data.length; i += 4) data[i] = straight.data[i]!;
      return { ...size, data, hasAlpha: true };
    },
  };
}
