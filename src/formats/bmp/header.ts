import { damaged, type ImageHeader, type Source } from '../header';

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
