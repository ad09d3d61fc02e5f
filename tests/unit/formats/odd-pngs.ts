import { chunk } from '../../../src/formats/png/chunk';
import { deflate } from '../../../src/formats/png/zlib';
import { join, text, wide, type Bytes } from './byte-tools';

const signature = text('\x89PNG\r\n\x1a\n');

/** Where the chunks of a PNG are. */
export function chunkBounds(
  file: Bytes,
): { readonly type: string; readonly start: number; readonly end: number }[] {
  const view = new DataView(file.buffer);
  const found = [];
  for (let at = signature.length; at < file.length;) {
    const end = at + 12 + view.getUint32(at);
    found.push({ type: String.fromCharCode(...file.subarray(at + 4, at + 8)), start: at, end });
    at = end;
  }
  return found;
}

/** A chunk of some parts, with the right checksum. */
export const pngChunk = (type: string, ...parts: Bytes[]): Bytes => chunk(type, join(...parts));

/** A PNG with a chunk more, behind its header. */
export const withChunk = (file: Bytes, more: Bytes): Bytes =>
  join(file.subarray(0, 33), more, file.subarray(33));

/** A zlib stream of some bytes. */
export const zlibOf = (bytes: Bytes): Promise<Bytes> => deflate(bytes);

/** A PNG of bytes that are filtered already. */
export async function makePng(
  [width, height]: readonly [number, number],
  depth: number,
  colour: number,
  raw: Bytes,
): Promise<Bytes> {
  const size = [width, height].flatMap((side) => wide(side >>> 16, side & 0xffff));
  return join(
    signature,
    pngChunk('IHDR', Uint8Array.from([...size, depth, colour, 0, 0, 0])),
    pngChunk('IDAT', await deflate(raw)),
    pngChunk('IEND'),
  );
}
