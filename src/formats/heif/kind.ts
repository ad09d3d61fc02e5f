import { matchText } from '../header';
import { readLatin1 } from '../metadata/bytes';

/** Brands of pictures coded in HEVC, and of those that only say that they are pictures. */
const hevc = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];
const av1 = ['avif', 'avis'];

/**
 * Which of the formats of its family a file is. Source: ISO/IEC 23008-12, 10; AV1 Image File Format, 6.
 *
 * @param bytes The first bytes of a file.
 * @returns The format, by its first brand and, where that says nothing of the coding, by the others; null
 *   for all other files.
 */
export function readHeifKind(bytes: Uint8Array): 'avif' | 'heic' | null {
  if (bytes.length < 16 || !matchText(bytes, 4, 'ftyp')) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all = readLatin1(bytes.subarray(8, Math.min(bytes.length, view.getUint32(0))));
  const [first = '', , ...others] = all.match(/.{4}/gs) ?? [];
  if (av1.includes(first)) return 'avif';
  if (!hevc.includes(first)) return null;
  const isOpen = first === 'mif1' || first === 'msf1';
  return isOpen && others.some((brand) => av1.includes(brand)) ? 'avif' : 'heic';
}
