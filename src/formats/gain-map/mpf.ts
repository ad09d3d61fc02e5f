import { matchText } from '../header';
import { joinBytes, latin1 } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/** A picture of a JPEG that holds more than one. CIPA DC-007 (MPF), 5.2.3.3. */
export type MpfPicture = {
  /** What kind it is; {@link mpfKinds}. */
  readonly kind: number;
  readonly bytes: number;
  /** Where it begins, from the index's byte order mark on; 0 for the first. */
  readonly offset: number;
};

/** Kinds of pictures. */
export const mpfKinds = { main: 0x030000, other: 0 } as const;

/** What an index's segment, an APP2, begins with. */
export const mpfMark = 'MPF\0';

const tags = { version: 0xb000, count: 0xb001, entries: 0xb002 } as const;
const entryBytes = 16;
const kindBits = 0xffffff;

/**
 * Reads the index of the pictures in a JPEG. It is laid out like EXIF.
 *
 * @param body What a segment says.
 * @returns The pictures in their order; none of any other segment.
 * @throws {RangeError} Where it is broken.
 */
export function readMpf(body: Uint8Array): readonly MpfPicture[] {
  if (!matchText(body, 0, mpfMark)) return [];
  const index = body.subarray(mpfMark.length);
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  const isLittle = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, isLittle);
  for (let left = view.getUint16(directory, isLittle), at = directory + 2; left > 0; left--) {
    if (view.getUint16(at, isLittle) === tags.entries) {
      const bytes = view.getUint32(at + 4, isLittle);
      const start = bytes > 4 ? view.getUint32(at + 8, isLittle) : at + 8;
      const pictures: MpfPicture[] = [];
      for (let entry = start; entry + entryBytes <= start + bytes; entry += entryBytes)
        pictures.push({
          kind: view.getUint32(entry, isLittle) & kindBits,
          bytes: view.getUint32(entry + 4, isLittle),
          offset: view.getUint32(entry + 8, isLittle),
        });
      return pictures;
    }
    at += 12;
  }
  return [];
}

/**
 * Writes such an index, of a length that depends on nothing but how many pictures there are.
 *
 * @param pictures The pictures in their order.
 * @returns A segment's body.
 */
export function writeMpf(pictures: readonly MpfPicture[]): Bytes {
  const start = 8 + 2 + 3 * 12 + 4;
  const index = new DataView(new ArrayBuffer(start + pictures.length * entryBytes));
  index.setUint32(0, 0x4d4d002a);
  index.setUint32(4, 8);
  index.setUint16(8, 3);
  const bytes = pictures.length * entryBytes;
  const fields = [
    // In characters: 1.00.
    [tags.version, 7, 4, 0x30313030],
    [tags.count, 4, 1, pictures.length],
    [tags.entries, 7, bytes, start],
  ] as const;
  fields.forEach(([tag, type, count, value], i) => {
    const at = 10 + i * 12;
    index.setUint16(at, tag);
    index.setUint16(at + 2, type);
    index.setUint32(at + 4, count);
    index.setUint32(at + 8, value);
  });
  pictures.forEach(({ kind, bytes: length, offset }, i) => {
    const at = start + i * entryBytes;
    index.setUint32(at, kind);
    index.setUint32(at + 4, length);
    index.setUint32(at + 8, offset);
  });
  return joinBytes([latin1(mpfMark), new Uint8Array(index.buffer)]);
}
