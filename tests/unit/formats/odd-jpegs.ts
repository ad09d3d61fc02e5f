import { bytesOf, join, little, text, type Bytes } from './byte-tools';

/** A segment of a JPEG's header, from its marker on. */
export type Segment = { readonly marker: number; readonly start: number; readonly end: number };

/** The segments up to the first scan. */
export function jpegSegments(file: Bytes): Segment[] {
  const view = new DataView(file.buffer);
  const found: Segment[] = [];
  for (let at = 2; file[at] === 0xff;) {
    const marker = file[at + 1]!;
    const end = at + 2 + view.getUint16(at + 2);
    found.push({ marker, start: at, end });
    if (marker === 0xda) break;
    at = end;
  }
  return found;
}

/** A JPEG with more behind its first marker. */
export const withSegment = (file: Bytes, segment: Bytes): Bytes =>
  join(file.subarray(0, 2), segment, file.subarray(2));

const entry = (tag: number, type: number, count: number, value: number): Bytes =>
  join(bytesOf(tag & 255, tag >> 8, type, 0), little(count), little(value));

const block = (...entries: Bytes[]): Bytes =>
  join(text('II*\0\x08\0\0\0'), bytesOf(entries.length, 0), ...entries);

/** A block whose second directory is its first. */
export const exifLoop = join(block(entry(0x0112, 3, 1, 1)), little(8));

/** EXIF blocks that make no sense, by what is wrong with them. */
export function oddExif(): readonly (readonly [name: string, block: Bytes])[] {
  return [
    ['whose directories go round', exifLoop],
    ['whose details are its first directory', join(block(entry(0x8769, 4, 1, 8)), little(0))],
    ['whose details lie past its end', join(block(entry(0x8769, 4, 1, 2 ** 30)), little(2 ** 30))],
    ['of 4 billion values', join(block(entry(0x010f, 12, -1, 8)), little(0))],
    ['of 65,535 entries', join(text('II*\0\x08\0\0\0'), bytesOf(255, 255))],
    ['of orientation 9', join(block(entry(0x0112, 3, 1, 9)), little(0))],
    ['of no kind', text('XX*\0junk')],
    ['of nothing', bytesOf()],
  ];
}
