import type { Bytes } from '../metadata/metadata';
import { inflateSome } from '../png/zlib';
import type { Packing } from './layout';
import { unpackLzw } from './lzw';

/** The most that a byte unfolds to. */
export const mostRatio: Readonly<Record<Packing, number>> = {
  none: 1,
  packbits: 64,
  lzw: 4096,
  deflate: 1032,
};

/**
 * Unpacks a strip or tile. Sources: TIFF 6.0, sections 9 (PackBits) and 13 (LZW); RFC 1950. Never throws.
 *
 * @param packed Its bytes in the file.
 * @param packing How they are packed.
 * @param length How long it should be.
 * @returns No more bytes than that; fewer where it ends or breaks before.
 */
export async function unpackSegment(
  packed: Bytes,
  packing: Packing,
  length: number,
): Promise<Bytes> {
  switch (packing) {
    case 'none':
      return packed.subarray(0, length);
    case 'packbits':
      return unpackBits(packed, length);
    case 'lzw':
      return unpackLzw(packed, length);
    case 'deflate':
      return inflateSome(packed, length);
  }
}

/** A byte n, and n + 1 bytes as they are, or, where it is negative, the next one 1 - n times. */
function unpackBits(packed: Bytes, length: number): Bytes {
  const out = new Uint8Array(Math.min(length, packed.length * mostRatio.packbits));
  let to = 0;
  for (let at = 0; at < packed.length && to < out.length;) {
    const head = packed[at++]!;
    if (head === 128) continue;
    if (head < 128) {
      const run = packed.subarray(at, at + Math.min(head + 1, out.length - to));
      out.set(run, to);
      to += run.length;
      at += head + 1;
    } else if (at < packed.length) {
      const end = Math.min(out.length, to + 257 - head);
      out.fill(packed[at++]!, to, end);
      to = end;
    }
  }
  return out.subarray(0, to);
}
