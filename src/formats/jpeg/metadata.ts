import { matchText } from '../header';
import { photoshopMark, readResources, writeResources } from '../metadata/iptc';
import type { Bytes, Density, Metadata, TextEntry } from '../metadata/metadata';
import { joinBytes, latin1, readLatin1, type Found } from '../metadata/bytes';

const exifMark = 'Exif\0\0';
const xmpMark = 'http://ns.adobe.com/xap/1.0/\0';
const profileMark = 'ICC_PROFILE\0';
const jfifMark = 'JFIF\0';

/** A segment's length counts its own two bytes. */
const mostBody = 0xffff - 2;

/** Centimetres in an inch. */
const inch = 2.54;

/**
 * Reads what a JPEG's segments say up to its first scan. Sources: CIPA DC-008, 4.5.4 (APP1); XMP specification,
 * part 3, 1.1.3; JFIF 1.02; ITU-T T.81, annex B. Never throws: what is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found. Extended XMP, which holds depth maps and the like, is left out.
 */
export function readJpegMetadata(bytes: Bytes): Found {
  const found: { -readonly [Part in keyof Found]: Found[Part] } = {};
  const texts: TextEntry[] = [];
  const resources: Uint8Array[] = [];
  const profile: Uint8Array[] = [];
  for (const { marker, body } of segments(bytes)) {
    if (marker === 0xe0 && matchText(body, 0, jfifMark)) found.density ??= readDensity(body);
    else if (marker === 0xe1 && matchText(body, 0, exifMark))
      found.exif ??= body.slice(exifMark.length);
    else if (marker === 0xe1 && matchText(body, 0, xmpMark))
      found.xmp ??= new TextDecoder().decode(body.subarray(xmpMark.length));
    else if (marker === 0xe2 && matchText(body, 0, profileMark))
      // Numbered from 1, and mostly in order.
      profile[body[profileMark.length]!] = body.subarray(profileMark.length + 2);
    else if (marker === 0xed && matchText(body, 0, photoshopMark))
      resources.push(body.subarray(photoshopMark.length));
    else if (marker === 0xfe && body.length > 0)
      texts.push({ keyword: 'Comment', text: readText(body) });
  }
  const parts = Object.values(profile);
  if (parts.length > 0) found.profile = joinBytes(parts);
  return { ...found, texts, iptc: readResources(joinBytes(resources)) };
}

/** A segment of a header. */
export type Segment = {
  readonly marker: number;
  /** What follows its length. */
  readonly body: Bytes;
};

/**
 * The segments of a header; junk between them is stepped over.
 *
 * @param bytes The file.
 * @returns Each in its turn, up to the first scan.
 */
export function* segments(bytes: Bytes): Generator<Segment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; ;) {
    at = bytes.indexOf(0xff, at);
    while (at >= 0 && bytes[at] === 0xff) at++;
    if (at < 0 || at + 3 > bytes.length) return;
    const marker = bytes[at++]!;
    if (marker === 0xda || marker === 0xd9) return;
    if (marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = view.getUint16(at);
    yield { marker, body: bytes.subarray(at + 2, at + Math.max(2, length)) };
    at += length;
  }
}

function readDensity(body: Uint8Array): Density | null {
  if (body.length < 12) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const unit = view.getUint8(7);
  const perMetre = { 1: 100 / inch, 2: 100 }[unit];
  if (!perMetre) return null;
  const [x, y] = [view.getUint16(8), view.getUint16(10)];
  return x && y ? { x: Math.round(x * perMetre), y: Math.round(y * perMetre) } : null;
}

/** Comments are UTF-8 as often as Latin-1. */
function readText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return readLatin1(body);
  }
}

/**
 * Adds metadata to a JPEG that has none but a JFIF segment.
 *
 * @param file The file.
 * @param metadata What it is to say; a part that is too long for a segment is left out.
 * @returns The file's parts, one after the other.
 */
export function writeJpegMetadata(
  file: Bytes,
  { profile, exif, xmp, iptc, texts, density }: Metadata,
): readonly Bytes[] {
  const hasJfif = file[2] === 0xff && file[3] === 0xe0 && matchText(file, 6, jfifMark);
  const end = hasJfif ? 4 + new DataView(file.buffer, file.byteOffset).getUint16(4) : 2;
  const head = file.slice(0, end);
  if (hasJfif && density) writeDensity(head, density);
  const comments = texts.filter(({ keyword }) => keyword === 'Comment');
  return [
    head,
    ...segment(0xe1, exif && [latin1(exifMark), exif]),
    ...segment(0xe1, xmp === null ? null : [latin1(xmpMark), new TextEncoder().encode(xmp)]),
    ...(profile ? writeProfile(profile) : []),
    ...segment(0xed, iptc && [latin1(photoshopMark), writeResources(iptc)]),
    ...comments.flatMap(({ text }) => segment(0xfe, [new TextEncoder().encode(text)])),
    file.subarray(end),
  ];
}

/** In as many segments as it takes, each with its number and their count. ICC.1:2022, annex B.4. */
function writeProfile(profile: Bytes): readonly Bytes[] {
  const most = mostBody - profileMark.length - 2;
  const count = Math.ceil(profile.length / most);
  if (count > 255) return [];
  return Array.from({ length: count }, (_, i) => [
    latin1(profileMark),
    Uint8Array.of(i + 1, count),
    profile.subarray(i * most, (i + 1) * most),
  ]).flatMap((parts) => segment(0xe2, parts));
}

function segment(marker: number, parts: readonly Bytes[] | null): readonly Bytes[] {
  if (!parts) return [];
  const body = joinBytes(parts);
  const length = body.length + 2;
  return body.length > mostBody
    ? []
    : [Uint8Array.of(0xff, marker, length >> 8, length & 0xff), body];
}

/** In dots per inch, as everybody does; where that does not fit, the segment stays as it is. */
function writeDensity(head: Bytes, { x, y }: Density): void {
  const [across, down] = [x, y].map((perMetre) => Math.round((perMetre * inch) / 100));
  if (!across || !down || Math.max(across, down) > 0xffff) return;
  const view = new DataView(head.buffer);
  const body = 6;
  view.setUint8(body + 7, 1);
  view.setUint16(body + 8, across);
  view.setUint16(body + 10, down);
}
