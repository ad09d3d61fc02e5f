import { EnhanceError } from '../core/errors';
import { matchText } from './header';

const opens = 'JPEG, PNG, WebP and GIF open here';

/** Brands of the ISO base media `ftyp` box, by what people call the file. */
const brands: Readonly<Record<string, string>> = {
  avif: 'an AVIF picture',
  avis: 'an AVIF picture',
  heic: 'a HEIC photo',
  heix: 'a HEIC photo',
  hevc: 'a HEIC photo',
  hevx: 'a HEIC photo',
  heim: 'a HEIC photo',
  heis: 'a HEIC photo',
  mif1: 'a HEIF photo',
  msf1: 'a HEIF photo',
  'crx ': 'a camera RAW file',
  'jxl ': 'a JPEG XL picture',
};

/** First bytes of formats that people drop here but that do not open. */
const magics: readonly (readonly [at: number, magic: string, name: string])[] = [
  [0, 'II*\0', 'a TIFF or camera RAW file'],
  [0, 'MM\0*', 'a TIFF or camera RAW file'],
  [0, 'II+\0', 'a BigTIFF file'],
  [0, 'MM\0+', 'a BigTIFF file'],
  [0, 'IIRO', 'a camera RAW file'],
  [0, 'IIRS', 'a camera RAW file'],
  [0, 'IIU\0', 'a camera RAW file'],
  [0, 'FUJIFILMCCD-RAW', 'a camera RAW file'],
  [0, 'FOVb', 'a camera RAW file'],
  [0, '\0MRM', 'a camera RAW file'],
  [0, '%PDF-', 'a PDF document'],
  [0, '\xff\x0a', 'a JPEG XL picture'],
  [0, '\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  [0, '\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000 picture'],
  [0, '8BPS', 'a Photoshop file'],
  [0, 'BM', 'a BMP picture'],
  [0, '\0\0\x01\0', 'an icon file'],
  [0, 'PK\x03\x04', 'a ZIP archive or a document'],
  [0, '\x1aE\xdf\xa3', 'a video'],
];

/**
 * The failure for a file that is no JPEG, PNG, WebP or GIF, with its own name where its first bytes
 * tell it.
 *
 * @param bytes The start of the file; 512 bytes are enough.
 * @returns An error to throw, code `unsupported-format`.
 */
export function foreignFile(bytes: Uint8Array): EnhanceError {
  const name = nameForeign(bytes);
  return new EnhanceError(
    'unsupported-format',
    name
      ? `This is ${name}, which does not open here: export it as JPEG or PNG, then open that.`
      : `This file is not a picture that opens here, whatever its name says: ${opens}.`,
    { firstBytes: Array.from(bytes.subarray(0, 16)) },
  );
}

function nameForeign(bytes: Uint8Array): string | undefined {
  if (matchText(bytes, 4, 'ftyp'))
    return brands[String.fromCharCode(...bytes.subarray(8, 12))] ?? 'a video or an unknown format';
  for (const [at, magic, name] of magics) if (matchText(bytes, at, magic)) return name;
  return isSvg(bytes) ? 'an SVG drawing' : undefined;
}

function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart();
  return /^(<\?xml|<!--|<!doctype svg|<svg)/i.test(start) && /<svg[\s>]/i.test(start);
}
