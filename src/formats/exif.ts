import type { Orientation } from './header';

const orientationTag = 0x0112;
const shortType = 3;

/**
 * Reads the orientation out of a TIFF structure, as EXIF blocks carry it. Never throws: a broken
 * block says nothing about the picture.
 * Source: TIFF 6.0, sections 2 and 8; CIPA DC-008 (EXIF), 4.6.4.
 *
 * @param bytes The block, from its byte order mark (`II` or `MM`) on; may run past its end.
 * @returns 1..8, or undefined where there is none or it is not valid.
 */
export function readOrientation(bytes: Uint8Array): Orientation | undefined {
  if (bytes.length < 14) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = view.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d) return undefined;
  const little = mark === 0x4949;
  if (view.getUint16(2, little) !== 42) return undefined;
  const directory = view.getUint32(4, little);
  if (directory + 2 > bytes.length) return undefined;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * 12;
    if (at + 12 > bytes.length) return undefined;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 2, little) === shortType ? view.getUint16(at + 8, little) : 0;
    return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
  }
  return undefined;
}
