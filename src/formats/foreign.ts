import { EnhanceError, type ForeignKind } from '../core/errors';
import { matchText } from './header';

/** Brands of the ISO base media `ftyp` box, by what they stand for. */
const brands: Readonly<Record<string, ForeignKind>> = {
  'crx ': 'raw',
};

/** First bytes of formats that people drop here but that do not open. */
const magics: readonly (readonly [at: number, magic: string, kind: ForeignKind])[] = [
  [8, 'CR\x02', 'raw'],
  [0, 'II+\0', 'bigtiff'],
  [0, 'MM\0+', 'bigtiff'],
  [0, 'IIRO', 'raw'],
  [0, 'IIRS', 'raw'],
  [0, 'IIU\0', 'raw'],
  [0, 'FUJIFILMCCD-RAW', 'raw'],
  [0, 'FOVb', 'raw'],
  [0, '\0MRM', 'raw'],
  [0, '%PDF-', 'pdf'],
  [0, '\0\0\0\x0cjP  ', 'jpeg-2000'],
  [0, '\xff\x4f\xff\x51', 'jpeg-2000'],
  [0, '8BPS', 'photoshop'],
  [0, '\0\0\x01\0', 'icon'],
  [0, 'PK\x03\x04', 'zip'],
  [0, '\x1aE\xdf\xa3', 'video'],
];

/**
 * The failure for a file of no format that opens, with its kind where its first bytes tell it.
 *
 * @param bytes The start of the file; 512 bytes are enough.
 * @returns An error to throw, code `unsupported-format`.
 */
export function foreignFile(bytes: Uint8Array): EnhanceError {
  const kind = kindOf(bytes);
  return kind
    ? new EnhanceError('file-foreign', { kind })
    : new EnhanceError('file-unknown', { firstBytes: Array.from(bytes.subarray(0, 16)) });
}

function kindOf(bytes: Uint8Array): ForeignKind | undefined {
  if (matchText(bytes, 4, 'ftyp'))
    return brands[String.fromCharCode(...bytes.subarray(8, 12))] ?? 'video-or-unknown';
  for (const [at, magic, kind] of magics) if (matchText(bytes, at, magic)) return kind;
  return isSvg(bytes) ? 'svg' : undefined;
}

function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart();
  return /^(<\?xml|<!--|<!doctype svg|<svg)/i.test(start) && /<svg[\s>]/i.test(start);
}
