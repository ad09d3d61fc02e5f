import { EnhanceError } from '../../core/errors';
import type { Size } from '../../core/picture/rect';
import { damaged } from '../header';
import type { Directory, TiffStructure } from './directory';
import { layoutTags as tag, tags } from './tags';

/** How segments are packed. */
export type Packing = 'none' | 'lzw' | 'deflate' | 'packbits';

/** How a picture's samples lie in the file. */
export type TiffLayout = Size & {
  readonly packing: Packing;
  /** Whether samples are differences from those on their left. */
  readonly isPredicted: boolean;
  readonly colours:
    'white-is-zero' | 'black-is-zero' | 'rgb' | 'palette' | 'cmyk' | 'lab' | 'icc-lab';
  readonly bits: 1 | 2 | 4 | 8 | 16;
  /** Samples of a pixel. */
  readonly samples: number;
  /** Which of them is alpha, if one is, and whether colours are multiplied with it. */
  readonly alpha: { readonly sample: number; readonly isAssociated: boolean } | null;
  /** Whether each segment holds one of a pixel's samples. */
  readonly isPlanar: boolean;
  /** Of a strip or tile; the last of a column may be lower. */
  readonly segment: Size;
  /** Where segments begin, and how long they are: to the file's end at most. */
  readonly offsets: readonly number[];
  readonly counts: readonly number[];
  /** All reds, all greens, all blues of a palette. */
  readonly palette: readonly number[];
};

const packings: Readonly<Record<number, Packing>> = {
  1: 'none',
  5: 'lzw',
  8: 'deflate',
  32773: 'packbits',
  32946: 'deflate',
};

const colours: Readonly<Record<number, TiffLayout['colours']>> = {
  0: 'white-is-zero',
  1: 'black-is-zero',
  2: 'rgb',
  3: 'palette',
  5: 'cmyk',
  8: 'lab',
  9: 'icc-lab',
};

/** How many samples a colour has. */
const ownSamples: Readonly<Record<TiffLayout['colours'], number>> = {
  'white-is-zero': 1,
  'black-is-zero': 1,
  palette: 1,
  rgb: 3,
  cmyk: 4,
  lab: 3,
  'icc-lab': 3,
};

/** Of inks: that they are cyan, magenta, yellow and black. */
const usualInks = 1;

/** Of photos that cameras lay down as their sensors see them. */
const rawColours: readonly number[] = [32803, 34892];

/** By how much more than the picture itself its segments may unfold to, and what every picture may. */
const [mostPadding, freePadding] = [8, 2 ** 26];

/**
 * Reads how a directory's picture is laid. Source: TIFF 6.0; its supplements 1 and 2 (Adobe).
 *
 * @param tiff The file.
 * @param directory The directory.
 * @returns The layout; a side or a place may still be wrong.
 * @throws {EnhanceError} `tiff-kind-unsupported`, `file-foreign` for a camera's raw photo, or `file-damaged`.
 */
export function readLayout(tiff: TiffStructure, directory: Directory): TiffLayout {
  const { fields } = directory;
  const number = (which: number, or: number) => tiff.number(fields.get(which)) ?? or;
  refuseRaw(directory, number);
  const [width, height] = [number(tag.width, 0), number(tag.height, 0)];
  if (width === 0 || height === 0) throw damaged('tiff', `size ${width} ${height}`);
  const packing = packings[number(tag.compression, 1)];
  if (!packing) throw unsupported('compression', number(tag.compression, 1));
  const samples = number(tag.samples, 1);
  const kind = number(tag.photometric, -1);
  const space = colours[kind];
  if (!space) throw unsupported('photometric', kind);
  if (space === 'cmyk' && number(tag.inks, usualInks) !== usualInks)
    throw unsupported('ink-set', number(tag.inks, usualInks));
  const own = ownSamples[space];
  if (samples < own) throw damaged('tiff', `samples ${samples}`);
  const bits = readBits(tiff, directory, samples, space);
  const layout = {
    ...{ width, height, packing, colours: space, bits, samples },
    isPredicted: isPredicted(number(tag.predictor, 1), bits),
    alpha: findAlpha(tiff.numbers(fields.get(tag.extraSamples)), own, samples),
    isPlanar: samples > 1 && number(tag.planar, 1) === 2,
    palette: space === 'palette' ? readPalette(tiff, directory, bits) : [],
    ...readSegments(tiff, directory, { width, height }),
  };
  if (space === 'cmyk' && layout.alpha?.isAssociated) throw unsupported('extra-samples', 1);
  refuseClaim(layout);
  return layout;
}

function unsupported(field: string, value: number): EnhanceError {
  return new EnhanceError('tiff-kind-unsupported', { field, value });
}

/** A raw photo's first directory shows a small copy, or what only its maker's program makes a picture of. */
function refuseRaw({ fields }: Directory, number: (which: number, or: number) => number): void {
  const isSmallCopy = (number(tag.subfile, 0) & 1) === 1 && fields.has(tag.subDirectories);
  const isRaw = fields.has(tags.dngVersion) || rawColours.includes(number(tag.photometric, -1));
  if (isRaw || isSmallCopy) throw new EnhanceError('file-foreign', { kind: 'raw' });
}

function readBits(
  tiff: TiffStructure,
  { fields }: Directory,
  samples: number,
  space: TiffLayout['colours'],
): TiffLayout['bits'] {
  const [bits = 1, ...others] = tiff.numbers(fields.get(tag.bits));
  const format = tiff.numbers(fields.get(tag.sampleFormat)).find((each) => each !== 1);
  // 4 says that nobody knows.
  if (format !== undefined && format !== 4) throw unsupported('sample-format', format);
  const most = space === 'palette' ? 8 : 16;
  const least = samples > 1 || space === 'lab' || space === 'icc-lab' ? 8 : 1;
  const isKnown = bits === 1 || bits === 2 || bits === 4 || bits === 8 || bits === 16;
  const isSame = others.slice(0, samples - 1).every((each) => each === bits);
  if (!isKnown || !isSame || bits < least || bits > most) throw unsupported('bits', bits);
  const order = tiff.number(fields.get(tag.fillOrder)) ?? 1;
  if (order !== 1) throw unsupported('fill-order', order);
  return bits;
}

function isPredicted(predictor: number, bits: number): boolean {
  if (predictor === 1) return false;
  if (predictor !== 2 || bits < 8) throw unsupported('predictor', predictor);
  return true;
}

/** 1 and 2 are alpha, of which colours are and are not multiples; 0 is anything. */
function findAlpha(extra: readonly number[], own: number, samples: number): TiffLayout['alpha'] {
  const at = extra.findIndex((each) => each === 1 || each === 2);
  if (at < 0 || own + at >= samples) return null;
  return { sample: own + at, isAssociated: extra[at] === 1 };
}

function readPalette(tiff: TiffStructure, { fields }: Directory, bits: number): number[] {
  const palette = tiff.numbers(fields.get(tag.palette));
  if (palette.length < 3 * 2 ** bits) throw damaged('tiff', 'palette');
  return palette;
}

function readSegments(
  tiff: TiffStructure,
  { fields }: Directory,
  { width, height }: Size,
): Pick<TiffLayout, 'segment' | 'offsets' | 'counts'> {
  const tileWidth = tiff.number(fields.get(tag.tileWidth));
  const tileHeight = tiff.number(fields.get(tag.tileHeight));
  const isTiled = tileWidth !== undefined && tileHeight !== undefined;
  const rows = Math.min(height, tiff.number(fields.get(tag.rowsPerStrip)) ?? height);
  const segment = isTiled ? { width: tileWidth, height: tileHeight } : { width, height: rows };
  if (segment.width === 0 || segment.height === 0) throw damaged('tiff', 'segment');
  // Some writers keep tiles where strips are told of.
  const list = (own: number, other: number) => tiff.numbers(fields.get(own) ?? fields.get(other));
  const offsets = isTiled
    ? list(tag.tileOffsets, tag.stripOffsets)
    : list(tag.stripOffsets, tag.tileOffsets);
  const told = isTiled
    ? list(tag.tileCounts, tag.stripCounts)
    : list(tag.stripCounts, tag.tileCounts);
  const { length } = tiff.bytes;
  const counts = offsets.map((at, i) => Math.max(0, Math.min(length - at, told[i] ?? length)));
  return { segment, offsets, counts };
}

/** Tiles may reach over the edges, and samples may be there that nobody looks at: within reason. */
function refuseClaim({ width, height, segment, samples, bits }: TiffLayout): void {
  const across = Math.ceil(width / segment.width) * segment.width;
  const bytes = (across * height * samples * bits) / 8;
  const own = width * height * Math.min(samples, 4) * Math.ceil(bits / 8);
  if (bytes > Math.max(freePadding, own * mostPadding)) throw damaged('tiff', `claim ${bytes}`);
}
