import { boxes } from '../heif/boxes';
import { readLatin1, type Found } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/**
 * Reads what a JPEG XL's boxes say beside its picture; a bare codestream says nothing. Source: ISO/IEC 18181-2, 9. Never
 * throws: what is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found. What is packed by Brotli, which nothing here unpacks, is given as it is, and so is told to be of no
 *   use; of a profile nothing is said: what decodes one in its own colours tells it.
 */
export function readJxlMetadata(bytes: Bytes): Found {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: { -readonly [Part in keyof Found]: Found[Part] } = {};
  if (bytes[0] === 0xff) return found;
  for (const { type, start, end } of boxes(view, 0, bytes.length)) {
    const body = bytes.slice(start, end);
    const isPacked = type === 'brob';
    const kind = isPacked ? readLatin1(body.subarray(0, 4)) : type;
    if (kind === 'Exif' && body.length > 4)
      // Where the block begins is told first.
      found.exif ??= isPacked ? body : body.slice(4 + new DataView(body.buffer).getUint32(0));
    if (kind === 'xml ') found.xmp ??= isPacked ? '' : new TextDecoder().decode(body);
  }
  return found;
}
