import { EnhanceError } from '../../../src/core/errors';
import { readJpegQuality } from '../../../src/formats/jpeg/quality';
import { mend } from '../../../src/formats/mend';
import { readMetadata } from '../../../src/formats/metadata/read';
import { identify, sniff } from '../../../src/formats/sniff';
import { readTiffPixels } from '../../../src/formats/tiff/pixels';
import type { ImageHeader } from '../../../src/formats/header';
import { cut, join, patch, type Bytes } from './byte-tools';

/** Fixtures that damaged files are made of, by format. */
export const startsOf = {
  JPEG: ['gray.jpg', 'progressive.jpg', 'orientation-6.jpg', 'profile.jpg', 'trailer.jpg'],
  PNG: ['rgb.png', 'palette-alpha.png', 'interlaced.png', 'turned.png', 'animated.png'],
  WebP: ['lossy.webp', 'lossless.webp', 'alpha-lossy.webp', 'animated.webp', 'orientation-6.webp'],
  AVIF: ['plain.avif', 'alpha.avif'],
  HEIC: ['plain.heic', 'alpha.heic', 'p3.heic', 'turned.heic'],
  'JPEG XL': ['plain.jxl', 'alpha.jxl', 'told.jxl', 'profile.jxl', 'animated.jxl'],
  GIF: ['still.gif', 'animated.gif'],
  BMP: ['plain.bmp'],
  TIFF: ['lzw.tif', 'tiles.tif', 'planes.tif', 'palette.tif', 'deep.tif', 'told.tif', 'cut.tif'],
} as const;

/** Numbers below a limit, the same for the same seed. Source: mulberry32. */
function drawFrom(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
}

/** Ways of damaging a file. */
const damages: readonly ((file: Bytes, draw: (limit: number) => number) => Bytes)[] = [
  (file, draw) => patch(file, draw(file.length), [draw(256)]),
  (file, draw) => patch(file, draw(file.length), [file[draw(file.length)]! ^ (1 << draw(8))]),
  (file, draw) => cut(file, draw(file.length)),
  (file, draw) => {
    const at = draw(file.length);
    return join(file.subarray(0, at), file.subarray(at + draw(64)));
  },
  (file, draw) => {
    const at = draw(file.length);
    return join(
      file.subarray(0, at),
      file.subarray(draw(file.length)).subarray(0, 64),
      file.subarray(at),
    );
  },
  (file, draw) => {
    const at = draw(Math.max(1, file.length - 4));
    const extremes = [
      [0, 0, 0, 0],
      [255, 255, 255, 255],
      [127, 255, 255, 255],
      [0, 0, 0, 128],
    ];
    return patch(file, at, extremes[draw(extremes.length)]!.slice(0, file.length - at));
  },
];

/**
 * A file that was damaged in one to four ways, mostly in its first 1,000 bytes.
 *
 * @param file Its original.
 * @param seed Which damage: the same for the same number.
 * @returns A new file.
 */
export function mutate(file: Bytes, seed: number): Bytes {
  const draw = drawFrom(seed);
  let bytes = file;
  for (let left = 1 + draw(4); left > 0 && bytes.length > 0; left--) {
    const damage = damages[draw(damages.length)]!;
    const reach = draw(3) === 0 ? bytes.length : Math.min(bytes.length, 1000);
    bytes = join(damage(bytes.slice(0, reach), draw), bytes.subarray(reach));
  }
  return bytes;
}

/**
 * Does to a file all that is done to it before a decoder has it, and after it was refused.
 *
 * @param bytes The file.
 * @returns Whether its header was read.
 * @throws {unknown} What is no refusal with a code that is about the file.
 */
export async function readAll(bytes: Bytes): Promise<boolean> {
  try {
    const format = identify(bytes);
    await mend(bytes, format);
    readJpegQuality(bytes);
    const header = sniff(bytes);
    // Of the formats that browsers decode, the pixels are theirs.
    if (format === 'tiff') await readSome(bytes, header);
    if (!isSize(header.width) || !isSize(header.height)) throw new Error('size');
    await readMetadata(bytes, header);
    return true;
  } catch (error) {
    if (error instanceof EnhanceError && /^(corrupt-file|unsupported-format)$/.test(error.code))
      return false;
    throw error;
  }
}

/** The most pixels that are read of a damaged file: a second's worth. */
const mostPixels = 4e6;

async function readSome(bytes: Bytes, { width, height }: ImageHeader): Promise<void> {
  if (width * height > mostPixels) return;
  const { data, ...size } = await readTiffPixels(bytes);
  if (data.length !== size.width * size.height * 4) throw new Error('pixels');
}

function isSize(side: number): boolean {
  return Number.isSafeInteger(side) && side > 0;
}
