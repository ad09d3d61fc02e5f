import { matchText } from '../header';
import type { Bytes } from './metadata';

/** What APP13 segments begin with. */
export const photoshopMark = 'Photoshop 3.0\0';

/** Number of the image resource that holds IPTC-IIM. Adobe Photoshop file formats specification, "Image resources". */
const iptcResource = 0x0404;

/** Of record 2: city, place in it, province, country's code and name, content location. IPTC-IIM 4.2, 6. */
const places: ReadonlySet<number> = new Set([26, 27, 90, 92, 95, 100, 101]);

/**
 * Finds IPTC in image resources.
 *
 * @param bytes Image resources, `8BIM` blocks one after the other.
 * @returns A copy of the datasets; null where there are none. What is broken ends the search.
 */
export function readResources(bytes: Uint8Array): Bytes | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 12 <= bytes.length && matchText(bytes, at, '8BIM');) {
    const id = view.getUint16(at + 4);
    // A Pascal string, padded to an even length with its length byte.
    const body = at + 6 + even(1 + (bytes[at + 6] ?? 0));
    if (body + 4 > bytes.length) return null;
    const length = view.getUint32(body);
    const end = body + 4 + length;
    if (end > bytes.length) return null;
    if (id === iptcResource) return length > 0 ? bytes.slice(body + 4, end) : null;
    at = even(end);
  }
  return null;
}

/**
 * Image resources with IPTC alone.
 *
 * @param iptc Datasets.
 * @returns One `8BIM` block.
 */
export function writeResources(iptc: Uint8Array): Bytes {
  const bytes = new Uint8Array(12 + even(iptc.length));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('8BIM'));
  view.setUint16(4, iptcResource);
  view.setUint32(8, iptc.length);
  bytes.set(iptc, 12);
  return bytes;
}

/**
 * Takes the place out.
 *
 * @param iptc Datasets.
 * @returns Those that name no place; what is broken, and all behind it, is left out.
 */
export function withoutPlaces(iptc: Bytes): Bytes {
  const kept: number[] = [];
  const view = new DataView(iptc.buffer, iptc.byteOffset, iptc.byteLength);
  for (let at = 0; at + 5 <= iptc.length && iptc[at] === 0x1c;) {
    const length = view.getUint16(at + 3);
    // Of more than 32,767 bytes: nothing that is known here is so long.
    if (length >= 0x8000) break;
    const end = at + 5 + length;
    if (end > iptc.length) break;
    const isPlace = iptc[at + 1] === 2 && places.has(iptc[at + 2]!);
    if (!isPlace) for (let i = at; i < end; i++) kept.push(iptc[i]!);
    at = end;
  }
  return Uint8Array.from(kept);
}

function even(length: number): number {
  return length + (length & 1);
}
