import type { PhotoFormat } from '../core/format';
import { joinBytes } from './metadata/bytes';
import type { Bytes } from './metadata/metadata';
import { mendPng } from './png/mend';

/** A JPEG's end marker. */
const endOfImage = Uint8Array.of(0xff, 0xd9);

/** Makes a whole file of a broken one, or null where it cannot. */
type Mend = (bytes: Bytes) => Bytes | null | Promise<Bytes | null>;

const mends: Partial<Record<PhotoFormat, Mend>> = {
  // Browsers refuse a JPEG without its end marker; with one they show the rows that are there.
  jpeg: (bytes) => joinBytes([bytes, endOfImage]),
  png: mendPng,
  bmp: mendBmp,
};

/**
 * A whole file of one that its decoder refuses, as far as anything is there to make it of.
 *
 * @param bytes The file.
 * @param format What it is.
 * @returns A file whose missing pixels are black or transparent; null where this cannot be done.
 */
export async function mend(bytes: Bytes, format: PhotoFormat): Promise<Bytes | null> {
  return (await mends[format]?.(bytes)) ?? null;
}

/** The most bytes of zeros that a BMP is filled up with, whatever it says of its length. */
const mostMissing = 2 ** 28;

/** A BMP says how long it is, and its rows are not packed. */
function mendBmp(bytes: Bytes): Bytes | null {
  const missing = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2, true) - bytes.length;
  return missing > 0 && missing <= mostMissing ? joinBytes([bytes, new Uint8Array(missing)]) : null;
}
