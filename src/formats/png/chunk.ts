import { latin1 } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/** What every PNG begins with. */
export const signature: Bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A chunk of a PNG: its length, its name, its body and the checksum of both. W3C PNG (third edition), 5.3.
 *
 * @param type Four letters.
 * @param body What is in it; copied.
 * @returns The whole chunk.
 */
export function chunk(type: string, body: Uint8Array): Bytes {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  bytes.set(latin1(type), 4);
  bytes.set(body, 8);
  view.setUint32(body.length + 8, checksum(bytes.subarray(4, body.length + 8)));
  return bytes;
}

/** CRC-32. W3C PNG (third edition), annex D. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ remainders[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}

const remainders = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
