import { matchText, type ImageHeader } from '../header';
import { latin1, readLatin1, type Found } from '../metadata/bytes';
import type { Bytes, Metadata } from '../metadata/metadata';

const exifMark = 'Exif\0\0';

/** Flags of a VP8X chunk. RFC 9649, 2.7. */
const flag = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

/** Chunks that are not the picture. */
const said: ReadonlySet<string> = new Set(['ICCP', 'EXIF', 'XMP ']);

/**
 * Reads what a WebP file's chunks say. Source: RFC 9649, 2.7.1.5. Never throws: what is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found.
 */
export function readWebpMetadata(bytes: Bytes): Found {
  const found: { -readonly [Part in keyof Found]: Found[Part] } = {};
  for (const { type, body } of chunks(bytes)) {
    // Some writers take the mark over from JPEG.
    if (type === 'EXIF') found.exif ??= body.slice(matchText(body, 0, exifMark) ? 6 : 0);
    else if (type === 'ICCP') found.profile ??= body.slice();
    else if (type === 'XMP ') found.xmp ??= new TextDecoder().decode(body);
  }
  return found;
}

/**
 * Whether a file's pixels are kept without loss. RFC 9649, 2.6.
 *
 * @param bytes The file.
 * @returns False also where its first picture is not there.
 */
export function isLosslessWebp(bytes: Bytes): boolean {
  return isLosslessIn(bytes, 12);
}

/** Bytes of an animation's frame before its own chunks: where it lies, and for how long. */
const frameHead = 16;

function isLosslessIn(bytes: Bytes, start: number): boolean {
  for (const { type, body } of chunks(bytes, start)) {
    if (type === 'VP8L') return true;
    if (type === 'VP8 ') return false;
    if (type === 'ANMF') return isLosslessIn(body, frameHead);
  }
  return false;
}

function* chunks(
  bytes: Bytes,
  start = 12,
): Generator<{ readonly type: string; readonly body: Bytes }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = start; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    if (body + length > bytes.length) return;
    yield {
      type: readLatin1(bytes.subarray(at, at + 4)),
      body: bytes.subarray(body, body + length),
    };
    at = body + length + (length & 1);
  }
}

/**
 * Adds metadata to a WebP file that has none.
 *
 * @param file The file.
 * @param header Its header.
 * @param metadata What it is to say; the format holds a profile, EXIF and XMP.
 * @returns The file's parts, one after the other.
 */
export function writeWebpMetadata(
  file: Bytes,
  header: Pick<ImageHeader, 'width' | 'height' | 'hasAlpha'>,
  { profile, exif, xmp }: Metadata,
): readonly Bytes[] {
  const parts = [...chunks(file)].filter(({ type }) => !said.has(type));
  const extended = parts.find(({ type }) => type === 'VP8X');
  const rest = parts.filter((part) => part !== extended);
  const first = extended ? extended.body.slice() : describe(header);
  first[0]! |=
    (profile ? flag.profile : 0) | (exif ? flag.exif : 0) | (xmp === null ? 0 : flag.xmp);
  const body = [
    ...chunk('VP8X', first),
    ...(profile ? chunk('ICCP', profile) : []),
    ...rest.flatMap((part) => chunk(part.type, part.body)),
    ...(exif ? chunk('EXIF', exif) : []),
    ...(xmp === null ? [] : chunk('XMP ', new TextEncoder().encode(xmp))),
  ];
  const head = new Uint8Array(12);
  head.set(latin1('RIFF....WEBP'));
  const length = body.reduce((sum, each) => sum + each.length, 4);
  new DataView(head.buffer).setUint32(4, length, true);
  return [head, ...body];
}

function describe({
  width,
  height,
  hasAlpha,
}: Pick<ImageHeader, 'width' | 'height' | 'hasAlpha'>): Bytes {
  const body = new Uint8Array(10);
  const view = new DataView(body.buffer);
  view.setUint8(0, hasAlpha ? flag.alpha : 0);
  for (const [at, side] of [
    [4, width - 1],
    [7, height - 1],
  ] as const) {
    view.setUint16(at, side & 0xffff, true);
    view.setUint8(at + 2, side >> 16);
  }
  return body;
}

/** The body itself, which may be a whole picture, is not copied. */
function chunk(type: string, body: Bytes): readonly Bytes[] {
  const head = new Uint8Array(8);
  head.set(latin1(type));
  new DataView(head.buffer).setUint32(4, body.length, true);
  return [head, body, new Uint8Array(body.length & 1)];
}
