import { boxes } from '../heif/boxes';
import { joinBytes } from '../metadata/bytes';

/** What a file of boxes begins with; any other is a bare codestream. ISO/IEC 18181-2, 9.1. */
export const containerMark = '\0\0\0\x0cJXL \r\n\x87\n';

/** What a codestream begins with. */
export const codestreamMark = '\xff\x0a';

/** More than any header takes, but for one with a very long profile, of which the rest is not read. */
const headerBytes = 2 ** 14;

/**
 * The picture in a file, or its beginning.
 *
 * @param view The file.
 * @param most Most bytes of each part of it in boxes; a header's.
 * @returns Its codestream, or its first bytes, whether boxes are round it, and whether one of these is cut off.
 */
export function findCodestream(
  view: DataView,
  most = headerBytes,
): {
  readonly start: Uint8Array;
  readonly isBoxed: boolean;
  readonly isCut: boolean;
} {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (bytes[0] === 0xff) return { start: bytes, isBoxed: false, isCut: false };
  const parts: Uint8Array[] = [];
  let isCut = false;
  for (const box of boxes(view, 0, view.byteLength)) {
    isCut ||= box.isCut;
    // Parts are numbered, and in order.
    const from = { jxlc: box.start, jxlp: box.start + 4 }[box.type];
    if (from !== undefined) parts.push(bytes.subarray(from, Math.min(box.end, from + most)));
  }
  return { start: joinBytes(parts), isBoxed: true, isCut };
}
