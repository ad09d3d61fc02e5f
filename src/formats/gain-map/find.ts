import { matchText } from '../header';
import { readJpeg } from '../jpeg/header';
import { segments } from '../jpeg/metadata';
import { joinBytes } from '../metadata/bytes';
import type { Bytes, GainMap } from '../metadata/metadata';
import { mpfMark, readMpf } from './mpf';

/** How a segment, an APP2, begins that says that there is a gain map, or what it means. ISO 21496-1, annex C. */
const isoMark = 'urn:iso:std:iso:ts:21496:-1\0';
const xmpMark = 'http://ns.adobe.com/xap/1.0/\0';

/** In XMP: that it is told of, and that this is what tells what it means. Ultra HDR 1.1, "XMP attributes". */
const [toldMark, meantMark] = ['http://ns.adobe.com/hdr-gain-map/1.0/', 'GainMapMax'];

/** Segments that say how a JPEG's numbers are coded: JFIF's, and Adobe's. */
const coding: readonly number[] = [0xe0, 0xee];

/**
 * Finds the gain map of an Ultra HDR photo, by the index of the pictures in its file. What Apple's cameras have there says in their own
 * words what it means, and is not looked at.
 *
 * @param bytes A JPEG.
 * @returns The gain map; null where there is none, or it is broken.
 */
export function findGainMap(bytes: Bytes): GainMap | null {
  try {
    return find(bytes);
  } catch {
    return null;
  }
}

function find(bytes: Bytes): GainMap | null {
  let iso: Bytes | null = null;
  let isInXmp = false;
  let map: Bytes | undefined;
  for (const { marker, body } of segments(bytes)) {
    if (marker === 0xe1 && matchText(body, 0, xmpMark)) isInXmp ||= holds(body, toldMark);
    if (marker !== 0xe2) continue;
    if (matchText(body, 0, isoMark)) iso = body.slice();
    const start = body.byteOffset - bytes.byteOffset + mpfMark.length;
    for (const { offset, bytes: length } of readMpf(body).slice(1))
      map ??= asMap(bytes.subarray(start + offset, start + offset + length));
  }
  if (!map || !(iso || isInXmp)) return null;
  const apart = takeApart(map);
  const view = new DataView(apart.file.buffer);
  // Refuses what will not be read.
  readJpeg({ bytes: apart.file, view, fileBytes: apart.file.length });
  return { ...apart, iso, isInXmp };
}

function asMap(file: Bytes): Bytes | undefined {
  if (!matchText(file, 0, '\xff\xd8\xff')) return undefined;
  for (const { marker, body } of segments(file))
    if ((marker === 0xe1 && holds(body, meantMark)) || isIso(marker, body)) return file;
  return undefined;
}

const isIso = (marker: number, body: Uint8Array) => marker === 0xe2 && matchText(body, 0, isoMark);

function holds(body: Uint8Array, text: string): boolean {
  return new TextDecoder('latin1').decode(body).includes(text);
}

/** Its picture alone, which nothing turns or converts, and what is said of it. */
function takeApart(file: Bytes): Pick<GainMap, 'file' | 'said'> {
  const kept: Bytes[] = [];
  const said: Bytes[] = [];
  let from = 0;
  for (const { marker, body } of segments(file)) {
    if (marker < 0xe0 || marker > 0xef || coding.includes(marker)) continue;
    const end = body.byteOffset - file.byteOffset + body.length;
    const start = end - body.length - 4;
    const isXmp = marker === 0xe1 && matchText(body, 0, xmpMark);
    // The profile says in which colours it is applied.
    if (isXmp || isIso(marker, body) || matchText(body, 0, 'ICC_PROFILE\0'))
      said.push(file.subarray(start, end));
    kept.push(file.subarray(from, start));
    from = end;
  }
  return { file: joinBytes([...kept, file.subarray(from)]), said: joinBytes(said) };
}
