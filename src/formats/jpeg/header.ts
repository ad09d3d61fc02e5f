import { EnhanceError } from '../../core/errors';
import type { Size } from '../../core/picture/rect';
import { readOrientation } from '../metadata/exif';
import {
  damaged,
  matchText,
  turnSize,
  type Edit,
  type ImageHeader,
  type Orientation,
  type Source,
} from '../header';

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** Baseline, extended, progressive, and the last two coded arithmetically, which some browsers decode. */
const decodable: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);

/**
 * Reads a JPEG's header: the segments up to the first scan, whatever lies between them.
 * Source: ITU-T T.81, annex B; CIPA DC-008, 4.5.4 (APP1).
 *
 * @param source The file, beginning with `FF D8`.
 * @returns Its header; `truncated` where the whole file is at hand and has no end marker.
 * @throws {EnhanceError} `corrupt-file` where the header is broken, `unsupported-format` for the
 *   lossless and 12-bit kinds that no browser decodes.
 */
export function readJpeg(source: Source): ImageHeader {
  const { bytes, view, fileBytes } = source;
  let frame: Frame | undefined;
  let orientation: Orientation | undefined;
  const colourEdits: Edit[] = [];
  let at = 2;
  for (;;) {
    // Decoders step over what lies between two segments.
    at = bytes.indexOf(0xff, at);
    if (at < 0) throw damaged('jpeg', 'header');
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) throw damaged('jpeg', 'header');
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (marker === startOfScan) break;
    if (marker === endOfImage || at + 2 > bytes.length) throw damaged('jpeg', 'header');
    const length = view.getUint16(at);
    if (length < 2) throw damaged('jpeg', `segment ${marker}`);
    const body = at + 2;
    if (isFrame(marker)) frame ??= readFrame(source, marker, body);
    else if (marker === 0xe1 && matchText(bytes, body, 'Exif\0\0'))
      orientation ??= readOrientation(bytes.subarray(body + 6, at + length));
    else if (marker === 0xe2 && matchText(bytes, body, 'ICC_PROFILE\0'))
      colourEdits.push({ start: at - 2, end: at + length, text: '' });
    at += length;
  }
  if (!frame) throw damaged('jpeg', 'frame');
  return {
    format: 'jpeg',
    ...turnSize(frame, orientation ?? 1),
    depth: 8,
    hasAlpha: false,
    animated: false,
    truncated: bytes.length >= fileBytes && !hasEnd(bytes, at),
    orientation: orientation ?? 1,
    coloured: colourEdits.length > 0,
    ...(frame.components === 4 && { press: 'cmyk' as const }),
    colourEdits,
    turnEdits: [],
  };
}

/**
 * Whether a segment says how large the picture is, and how it is coded.
 *
 * @param marker The segment's.
 * @returns True for C0..CF but for DHT (C4), JPG (C8) and DAC (CC).
 */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

type Frame = Size & { readonly components: number };

function readFrame({ bytes, view }: Source, marker: number, at: number): Frame {
  if (at + 6 > bytes.length) throw damaged('jpeg', 'frame');
  const precision = view.getUint8(at);
  if (!decodable.has(marker) || precision !== 8)
    throw new EnhanceError('jpeg-kind-unsupported', { marker, precision });
  const height = view.getUint16(at + 1);
  const width = view.getUint16(at + 3);
  if (width === 0 || height === 0) throw damaged('jpeg', `size ${width} ${height}`);
  return { width, height, components: view.getUint8(at + 5) };
}

/** Within a scan, FF is always followed by a stuffed 00 or a restart: FF D9 can only be the end. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    if (bytes[at + 1] === endOfImage) return true;
    at = bytes.indexOf(0xff, at + 1);
  }
  return false;
}
