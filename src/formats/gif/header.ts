import type { Size } from '../../core/picture/rect';
import { damaged, type ImageHeader, type Source } from '../header';

const imageBlock = 0x2c;
const extensionBlock = 0x21;
const trailer = 0x3b;
const graphicControl = 0xf9;

type Frames = {
  count: number;
  transparent: boolean;
  first: Size | undefined;
  truncated: boolean;
};

/**
 * Reads a GIF's header and counts its frames, at most two.
 * Source: CompuServe GIF89a, sections 18 to 27.
 *
 * @param source The file, beginning with `GIF87a` or `GIF89a`.
 * @returns Its header; `truncated` where a block runs past the end of the whole file.
 * @throws {EnhanceError} `corrupt-file` where no size can be read.
 */
export function readGif(source: Source): ImageHeader {
  const { bytes, view, fileBytes } = source;
  if (bytes.length < 13) throw damaged('gif', 'header');
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const frames = walkBlocks(source);
  const size = screen.width > 0 && screen.height > 0 ? screen : frames.first;
  if (!size || size.width === 0 || size.height === 0) throw damaged('gif', 'size');
  const covers =
    frames.first && frames.first.width >= size.width && frames.first.height >= size.height;
  return {
    format: 'gif',
    width: size.width,
    height: size.height,
    depth: 8,
    hasAlpha: frames.transparent || !covers,
    animated: frames.count > 1,
    truncated: bytes.length >= fileBytes && frames.truncated,
    orientation: 1,
    coloured: false,
    colourEdits: [],
    turnEdits: [],
  };
}

function walkBlocks({ bytes, view }: Source): Frames {
  const frames: Frames = { count: 0, transparent: false, first: undefined, truncated: false };
  let at = 13 + tableBytes(view.getUint8(10));
  for (;;) {
    const block = bytes[at];
    // Many writers leave the trailer out: only a block that breaks off means a cut.
    if (block === trailer || (at === bytes.length && frames.count > 0)) return frames;
    if (block === extensionBlock) {
      if (bytes[at + 1] === graphicControl && frames.count === 0)
        frames.transparent = ((bytes[at + 3] ?? 0) & 1) !== 0;
      at = skipSubBlocks(bytes, at + 2);
    } else if (block === imageBlock && at + 11 <= bytes.length) {
      frames.count++;
      frames.first ??= {
        width: view.getUint16(at + 5, true),
        height: view.getUint16(at + 7, true),
      };
      if (frames.count > 1) return frames;
      at = skipSubBlocks(bytes, at + 11 + tableBytes(view.getUint8(at + 9)));
    } else {
      frames.truncated = true;
      return frames;
    }
    if (at > bytes.length) {
      frames.truncated = true;
      return frames;
    }
  }
}

/** Bytes of the colour table announced by a packed field. */
function tableBytes(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/** The offset behind a chain of sub-blocks; past the end where the chain breaks off. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length + 1;
    at += length + 1;
    if (length === 0) return at;
  }
}
