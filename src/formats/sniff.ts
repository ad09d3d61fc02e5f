import { EnhanceError } from '../core/errors';
import type { PhotoFormat } from '../core/format';
import { foreignFile } from './foreign';
import { readBmp } from './bmp/header';
import { readGif } from './gif/header';
import { damaged, matchText, type ImageHeader, type Source } from './header';
import { readHeif } from './heif/header';
import { readHeifKind } from './heif/kind';
import { readJpeg } from './jpeg/header';
import { codestreamMark, containerMark } from './jxl/codestream';
import { readJxl } from './jxl/header';
import { readPng } from './png/header';
import { readTiff } from './tiff/header';
import { readWebp } from './webp/header';

const readers: Readonly<Record<PhotoFormat, (source: Source) => ImageHeader>> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  avif: (source) => readHeif(source, 'avif'),
  heic: (source) => readHeif(source, 'heic'),
  jxl: readJxl,
  gif: readGif,
  bmp: readBmp,
  tiff: readTiff,
};

/** How many bytes {@link identify} needs, where the file has them. */
export const identifyBytes = 512;

/**
 * Which of the formats that open a file is, by its first bytes; its name plays no part.
 *
 * @param bytes The first {@link identifyBytes} bytes or more.
 * @returns The format.
 * @throws {EnhanceError} `corrupt-file` for an empty file, `unsupported-format` for anything else,
 *   naming the format where it is a known one.
 */
export function identify(bytes: Uint8Array): PhotoFormat {
  if (bytes.length === 0) throw new EnhanceError('file-empty');
  if (matchText(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (matchText(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (matchText(bytes, 0, 'RIFF') && matchText(bytes, 8, 'WEBP')) return 'webp';
  const heif = readHeifKind(bytes);
  if (heif) return heif;
  if (matchText(bytes, 0, 'BM') && bytes.length >= 26) return 'bmp';
  if (matchText(bytes, 0, 'GIF87a') || matchText(bytes, 0, 'GIF89a')) return 'gif';
  if (isTiff(bytes)) return 'tiff';
  if (matchText(bytes, 0, codestreamMark) || matchText(bytes, 0, containerMark)) return 'jxl';
  throw foreignFile(bytes);
}

/**
 * Reads what a photo's header says, without decoding a pixel and whatever the file is called. Takes
 * time in proportion to the bytes given, whatever they are.
 *
 * @param bytes The whole file, or enough of its start to hold the header (1 MiB is plenty for
 *   anything but a JPEG with very long metadata).
 * @param fileBytes Size of the whole file in bytes, where `bytes` is only its start; without the
 *   file's end, `truncated`, `animated` and a trailing orientation cannot all be known.
 * @returns The header; `width` and `height` as displayed.
 * @throws {EnhanceError} `corrupt-file` for an empty or broken file, `unsupported-format` for
 *   anything else.
 */
export function sniff(bytes: Uint8Array, fileBytes = bytes.length): ImageHeader {
  const format = identify(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const source: Source = { bytes, view, fileBytes };
  try {
    return readers[format](source);
  } catch (error) {
    // A read past the end: no reader trusts a length without this net below it.
    if (error instanceof RangeError) throw damaged(format, error.message);
    throw error;
  }
}

/** Canon's raw photos say so behind a TIFF's first bytes. */
function isTiff(bytes: Uint8Array): boolean {
  const isOne = matchText(bytes, 0, 'II*\0') || matchText(bytes, 0, 'MM\0*');
  return isOne && !matchText(bytes, 8, 'CR\x02');
}
