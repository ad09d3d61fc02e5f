import { readOrientation } from '../metadata/exif';
import { colourTypes, isColoured, type ColourType } from './colours';
import {
  damaged,
  matchText,
  turnSize,
  type Edit,
  type ImageHeader,
  type Orientation,
  type Source,
} from '../header';

/** Allowed bit depths by colour type. PNG specification, table 11.1. */
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

type Chunks = {
  transparency: boolean;
  animated: boolean;
  complete: boolean;
  coloured: boolean;
  colourEdits: Edit[];
  turnEdits: Edit[];
  orientation: Orientation;
};

/**
 * Reads a PNG's header and walks its chunks; checksums are left to the decoder.
 * Source: W3C PNG (third edition), sections 5.3, 11.2 and 11.3.
 *
 * @param source The file, beginning with the PNG signature.
 * @returns Its header; `truncated` where the whole file is at hand and its end chunk is not.
 * @throws {EnhanceError} `corrupt-file` where the header is broken.
 */
export function readPng(source: Source): ImageHeader {
  const { bytes, view, fileBytes } = source;
  if (bytes.length < 33 || !matchText(bytes, 12, 'IHDR')) throw damaged('png', 'IHDR');
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  if (!isLength(size.width) || !isLength(size.height))
    throw damaged('png', `size ${size.width} ${size.height}`);
  const depth = view.getUint8(24);
  const colour = view.getUint8(25);
  if (!depths[colour]?.includes(depth))
    throw damaged('png', `colour-type ${colour} depth ${depth}`);
  const chunks = walkChunks(source);
  return {
    format: 'png',
    ...turnSize(size, chunks.orientation),
    depth: depth === 16 ? 16 : 8,
    hasAlpha: colour === 4 || colour === 6 || chunks.transparency,
    animated: chunks.animated,
    truncated: bytes.length >= fileBytes && !chunks.complete,
    orientation: chunks.orientation,
    coloured: chunks.coloured,
    colourEdits: chunks.colourEdits,
    turnEdits: chunks.turnEdits,
  };
}

function isLength(value: number): boolean {
  return value > 0 && value < 2 ** 31;
}

function walkChunks({ bytes, view }: Source): Chunks {
  const found: Chunks = {
    transparency: false,
    animated: false,
    complete: false,
    coloured: false,
    colourEdits: [],
    turnEdits: [],
    orientation: 1,
  };
  const told: { [Type in ColourType]?: Uint8Array } = {};
  for (let at = 33; at + 12 <= bytes.length;) {
    const start = at;
    const length = view.getUint32(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    at += 12 + length;
    if (at > bytes.length) break;
    const colour = colourTypes.find((each) => each === type);
    if (colour) {
      found.colourEdits.push({ start, end: at, text: '' });
      told[colour] ??= body;
    }
    if (type === 'tRNS') found.transparency = true;
    else if (type === 'acTL') found.animated = true;
    else if (type === 'eXIf') {
      found.orientation = readOrientation(body) ?? 1;
      if (found.orientation !== 1) found.turnEdits.push({ start, end: at, text: '' });
    }
    if (type === 'IEND') {
      found.complete = true;
      break;
    }
  }
  found.coloured = isColoured(told);
  return found;
}
