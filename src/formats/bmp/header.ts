import { damaged, type ImageHeader, type Source } from '../header';
import type { Found } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/** Sizes of the second header, by its version: OS/2's 12, Windows' 40 and up. */
const smallHead = 12;

/**
 * Reads a BMP file's header. Source: Microsoft, "Bitmap Storage".
 *
 * @param source The file, beginning with `BM`.
 * @returns Its header. Transparency is left to the decoder, which all browsers make nothing of.
 * @throws {EnhanceError} `corrupt-file` where it is broken.
 */
export function readBmp({ view, fileBytes }: Source): ImageHeader {
  const head = view.getUint32(14, true);
  const size =
    head === smallHead
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : // A height below 0 says that rows go down.
        { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  if (size.width <= 0 || size.height <= 0)
    throw damaged('bmp', `size ${size.width} ${size.height}`);
  return {
    format: 'bmp',
    ...size,
    depth: 8,
    hasAlpha: false,
    animated: false,
    truncated: view.getUint32(2, true) > fileBytes,
    orientation: 1,
    coloured: false,
    colourEdits: [],
    turnEdits: [],
  };
}

/** Where what Windows' second header tells of pixels per metre ends. */
const densityEnd = 46;

/**
 * Reads what a BMP says beside its pixels: how many there are to the metre.
 *
 * @param bytes The file, whose header has been read.
 * @returns That; nothing where it does not say.
 */
export function readBmpMetadata(bytes: Bytes): Found {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < densityEnd || view.getUint32(14, true) < densityEnd - 14) return {};
  const [x, y] = [view.getInt32(38, true), view.getInt32(42, true)];
  return x > 0 && y > 0 ? { density: { x, y } } : {};
}
