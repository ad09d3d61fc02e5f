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

type Found = {
  canvas: Size | undefined;
  frame: Size | undefined;
  alpha: boolean;
  animated: boolean;
  coloured: boolean;
  colourEdits: Edit[];
  exif: Edit[];
  orientation: Orientation;
};

/**
 * Reads a WebP file's header by walking its RIFF chunks.
 * Source: RFC 9649 (WebP container, sections 2.3 to 2.7, and VP8L, 3.4); RFC 6386, 9.1 (VP8).
 *
 * @param source The file, beginning with `RIFF....WEBP`.
 * @returns Its header; `truncated` where the container promises more bytes than the file has.
 * @throws {EnhanceError} `corrupt-file` where no size can be read.
 */
export function readWebp(source: Source): ImageHeader {
  const { view, fileBytes } = source;
  const promised = 8 + view.getUint32(4, true);
  const found = walkChunks(source, promised);
  const size = found.canvas ?? found.frame;
  if (!size || size.width === 0 || size.height === 0) throw damaged('webp', 'size');
  return {
    format: 'webp',
    ...turnSize(size, found.orientation),
    depth: 8,
    hasAlpha: found.alpha,
    animated: found.animated,
    truncated: promised > fileBytes,
    orientation: found.orientation,
    coloured: found.coloured,
    colourEdits: found.colourEdits,
    turnEdits: found.orientation === 1 ? [] : found.exif,
  };
}

function walkChunks({ bytes, view }: Source, promised: number): Found {
  const found: Found = {
    canvas: undefined,
    frame: undefined,
    alpha: false,
    animated: false,
    coloured: false,
    colourEdits: [],
    exif: [],
    orientation: 1,
  };
  const end = Math.min(bytes.length, promised);
  for (let at = 12; at + 8 <= end;) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    // The file states its length: the chunk stays where it is, under a name nobody knows.
    const renamed = { start: at, end: at + 4, text: 'XXXX' };
    if (type === 'EXIF') found.exif.push(renamed);
    if (type === 'ICCP') found.colourEdits.push(renamed);
    readChunk(found, type, bytes.subarray(at + 8, Math.min(end, at + 8 + length)));
    // Chunks are padded to even lengths.
    at += 8 + length + (length & 1);
  }
  return found;
}

function readChunk(found: Found, type: string, body: Uint8Array): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (type === 'VP8X' && body.length >= 10) {
    const flags = view.getUint8(0);
    found.alpha ||= (flags & 0x10) !== 0;
    found.animated ||= (flags & 0x02) !== 0;
    found.coloured ||= (flags & 0x20) !== 0;
    found.canvas = { width: 1 + readUint24(view, 4), height: 1 + readUint24(view, 7) };
  } else if (type === 'VP8 ' && body.length >= 10) {
    if (!matchText(body, 3, '\x9d\x01\x2a')) throw damaged('webp', 'VP8');
    found.frame ??= {
      width: view.getUint16(6, true) & 0x3fff,
      height: view.getUint16(8, true) & 0x3fff,
    };
  } else if (type === 'VP8L' && body.length >= 5) {
    if (body[0] !== 0x2f) throw damaged('webp', 'VP8L');
    const bits = view.getUint32(1, true);
    found.frame ??= { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    found.alpha ||= (bits & 0x10000000) !== 0;
  } else if (type === 'ALPH') {
    found.alpha = true;
  } else if (type === 'EXIF') {
    const skip = matchText(body, 0, 'Exif\0\0') ? 6 : 0;
    found.orientation = readOrientation(body.subarray(skip)) ?? 1;
  }
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
