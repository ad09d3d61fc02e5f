import { EnhanceError } from '../../core/errors';
import { formats } from '../../core/format';
import type { Raster8 } from '../../core/picture/raster';
import type { ReadPicture } from '../codecs';
import { undecodable } from '../header';
import type { Bytes } from '../metadata/metadata';
import { readJxl } from './header';

/** What the decoder can hold in its 2 GiB, with some room: it took 32 to 35 bytes a pixel. */
const mostPixels = 48e6;

/**
 * Decodes a JPEG XL, upright and in sRGB, which its decoder converts to.
 *
 * @param bytes The file.
 * @param read Decodes it.
 * @returns Its picture, which owns a new buffer.
 * @throws {EnhanceError} `large-file-undecodable` before anything is decoded; `file-damaged` or `file-cut-off`.
 */
export function readJxlPixels(bytes: Bytes, read: ReadPicture): Raster8 {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readJxl({ bytes, view, fileBytes: bytes.length });
  const { width, height, hasAlpha } = header;
  if (width * height > mostPixels) {
    const facts = { format: formats.jxl.title, width, height };
    throw new EnhanceError('large-file-undecodable', { ...facts, cause: 'memory' });
  }
  try {
    const { data, width: across, height: down } = read(bytes);
    return { data, width: across, height: down, hasAlpha, space: 'srgb' };
  } catch (error) {
    throw undecodable(header, String(error));
  }
}
