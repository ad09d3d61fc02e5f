import { EnhanceError } from '../../core/errors';
import { createRaster, type Raster, type Samples } from '../../core/picture/raster';
import { damaged } from '../header';
import type { Bytes } from '../metadata/metadata';
import { TiffStructure } from './directory';
import { readLayout, type TiffLayout } from './layout';
import { mostRatio, unpackSegment } from './unpack';

/** A picture, as it is stored: not turned. */
export type TiffPicture = Raster & {
  /** Of inks, which take all four samples, the alpha; null where there is none, or it is in its place. */
  readonly veil: Samples | null;
  /** Whether all of its samples were there. */
  readonly isWhole: boolean;
};

/** A sample of a pixel that becomes a channel of the raster's, through a table where there is one. */
type Route = {
  readonly sample: number;
  /** 4 for one beside the others. */
  readonly channel: number;
  readonly table: Uint16Array | null;
};

/** A strip or tile, or one of its planes. */
type Segment = {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** The first of the samples in it, and how many there are. */
  readonly first: number;
  readonly count: number;
};

/** How much less than enough bytes may be there for a large picture: the rest is cut off. */
const leastShare = 1 / 100;

/** What every picture may take, in samples, however little of it is there. */
const freeSamples = 2 ** 26;

/**
 * Reads the picture of a TIFF's first directory: its own numbers, straight, of 8 bits or of 16. CIE Lab, which TIFF has in two
 * encodings, comes in that of ICC's version 4.
 *
 * @param bytes The file.
 * @param signal Cancels between two segments.
 * @returns The picture; where samples are missing it is transparent, or black.
 * @throws {EnhanceError} As `readTiff`; `file-damaged` where nothing of it can be read, `no-memory-to-open`.
 */
export async function readTiffPixels(bytes: Bytes, signal?: AbortSignal): Promise<TiffPicture> {
  const tiff = new TiffStructure(bytes);
  const directory = tiff.directory(tiff.first);
  if (!directory) throw damaged('tiff', 'directory');
  const layout = readLayout(tiff, directory);
  refuseClaim(layout);
  const raster = allocate(layout);
  const veil = allocateVeil(layout, raster);
  const routes = routesOf(layout);
  let [rows, missing] = [0, 0];
  for (const segment of segmentsOf(layout, routes)) {
    signal?.throwIfAborted();
    const height = Math.min(layout.segment.height, layout.height - segment.y);
    const samples = await readSegment(tiff, layout, segment, height);
    const read = Math.floor(samples.length / (layout.segment.width * segment.count));
    place(samples, layout, segment, routes, { data: raster.data, veil });
    rows += read;
    missing += height - read;
  }
  if (rows === 0) throw damaged('tiff', 'pixels');
  if (layout.alpha?.isAssociated) divideByAlpha(raster.data);
  if (layout.colours.endsWith('lab')) recodeLab(raster.data, layout.colours === 'lab');
  return { ...raster, veil, isWhole: missing === 0 };
}

/** Whether a directory asks for far more than what is there can be a part of. */
function refuseClaim({ width, height, samples, packing, counts }: TiffLayout): void {
  const packed = counts.reduce((sum, count) => sum + count, 0);
  const wanted = width * height * samples;
  if (wanted > freeSamples && packed * mostRatio[packing] < wanted * leastShare)
    throw damaged('tiff', `claim ${wanted}`);
}

function allocate({ width, height, alpha, bits }: TiffLayout): Raster {
  try {
    const raster = createRaster({ width, height }, alpha !== null, bits === 16 ? 16 : 8);
    if (!alpha)
      for (let i = 3; i < raster.data.length; i += 4) raster.data[i] = peakOf(raster.data);
    return raster;
  } catch {
    throw new EnhanceError('no-memory-to-open', { width, height });
  }
}

function allocateVeil({ colours, alpha, bits }: TiffLayout, { width, height }: Raster) {
  if (colours !== 'cmyk' || !alpha) return null;
  return bits === 16 ? new Uint16Array(width * height) : new Uint8ClampedArray(width * height);
}

function peakOf(data: Samples): number {
  return data instanceof Uint16Array ? 65535 : 255;
}

function routesOf({ colours, bits, alpha, palette }: TiffLayout): Route[] {
  const own = colours === 'cmyk' ? 4 : 3;
  const veil = alpha ? [{ sample: alpha.sample, channel: own, table: null }] : [];
  if (!(colours.endsWith('is-zero') || colours === 'palette'))
    return [
      ...Array.from({ length: own }, (_, c) => ({ sample: c, channel: c, table: null })),
      ...veil,
    ];
  const tables = colours === 'palette' ? paletteTables(palette, bits) : grayTables(colours, bits);
  return [...tables.map((table, channel) => ({ sample: 0, channel, table })), ...veil];
}

function grayTables(colours: TiffLayout['colours'], bits: number): (Uint16Array | null)[] {
  const most = 2 ** bits - 1;
  const isInverted = colours === 'white-is-zero';
  const scale = bits < 8 ? 255 / most : 1;
  const level = (i: number) => Math.round((isInverted ? most - i : i) * scale);
  const table =
    bits < 8 || isInverted ? Uint16Array.from({ length: most + 1 }, (_, i) => level(i)) : null;
  return [table, table, table];
}

/** Of 16 bits, or, as some writers have it, of 8. */
function paletteTables(palette: readonly number[], bits: number): Uint16Array[] {
  const length = 2 ** bits;
  const shift = palette.every((level) => level < 256) ? 0 : 8;
  return [0, 1, 2].map((c) =>
    Uint16Array.from({ length }, (_, i) => palette[c * length + i]! >> shift),
  );
}

/** Those with a sample that is wanted, as far as they are in the file. */
function* segmentsOf(layout: TiffLayout, routes: readonly Route[]): Generator<Segment> {
  const { width, height, segment, samples, isPlanar, offsets } = layout;
  const across = Math.ceil(width / segment.width);
  const each = across * Math.ceil(height / segment.height);
  const planes = isPlanar ? samples : 1;
  for (let plane = 0; plane < planes; plane++) {
    if (isPlanar && !routes.some(({ sample }) => sample === plane)) continue;
    for (let i = 0; i < each; i++) {
      const index = plane * each + i;
      const [x, y] = [(i % across) * segment.width, Math.floor(i / across) * segment.height];
      yield { index, x, y, first: isPlanar ? plane : 0, count: isPlanar ? 1 : samples };
      if (index >= offsets.length) break;
    }
  }
}

/** The samples of a segment's whole rows, differences added up. */
async function readSegment(
  tiff: TiffStructure,
  { segment, bits, packing, isPredicted, offsets, counts }: TiffLayout,
  { index, count }: Segment,
  height: number,
): Promise<Uint8Array | Uint16Array> {
  const start = offsets[index] ?? 0;
  const packed = tiff.bytes.subarray(start, start + (counts[index] ?? 0));
  const rowSamples = segment.width * count;
  const rowBytes = Math.ceil((rowSamples * bits) / 8);
  const unpacked = await unpackSegment(packed, packing, rowBytes * height);
  const rows = Math.floor(unpacked.length / rowBytes);
  const samples =
    bits === 16
      ? readWords(unpacked, rows * rowSamples, tiff.isLittle)
      : bits === 8
        ? // What is not packed is a part of the file.
          unpacked.slice(0, rows * rowSamples)
        : readBits(unpacked, rows, rowSamples, bits);
  if (isPredicted) addUp(samples, rowSamples, count);
  return samples;
}

function readWords(bytes: Bytes, length: number, isLittle: boolean): Uint16Array {
  const words = new Uint16Array(length);
  const [low, high] = isLittle ? [0, 1] : [1, 0];
  for (let i = 0, at = 0; i < length; i++, at += 2)
    words[i] = bytes[at + low]! | (bytes[at + high]! << 8);
  return words;
}

/** Samples of less than a byte, the highest bits first; each row begins with a byte. */
function readBits(bytes: Bytes, rows: number, rowSamples: number, bits: number): Uint8Array {
  const samples = new Uint8Array(rows * rowSamples);
  const rowBytes = Math.ceil((rowSamples * bits) / 8);
  const mask = 2 ** bits - 1;
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < rowSamples; i++) {
      const bit = i * bits;
      const byte = bytes[row * rowBytes + (bit >> 3)]!;
      samples[row * rowSamples + i] = (byte >> (8 - bits - (bit & 7))) & mask;
    }
  return samples;
}

/** TIFF 6.0, section 14. The arrays keep as many bits as samples have. */
function addUp(samples: Uint8Array | Uint16Array, rowSamples: number, step: number): void {
  for (let row = 0; row < samples.length; row += rowSamples)
    for (let i = row + step; i < row + rowSamples; i++) samples[i]! += samples[i - step]!;
}

function place(
  from: Uint8Array | Uint16Array,
  { width, segment }: TiffLayout,
  { x, y, first, count }: Segment,
  routes: readonly Route[],
  { data, veil }: { readonly data: Samples; readonly veil: Samples | null },
): void {
  const rowSamples = segment.width * count;
  const columns = Math.min(segment.width, width - x);
  for (const { sample, channel, table } of routes) {
    if (sample < first || sample >= first + count) continue;
    const beside = channel === 4 ? veil : null;
    const [into, step, offset] = beside ? [beside, 1, 0] : [data, 4, channel];
    for (let row = 0; row * rowSamples < from.length; row++) {
      let at = row * rowSamples + sample - first;
      let to = ((y + row) * width + x) * step + offset;
      for (let left = columns; left > 0; left--, at += count, to += step)
        into[to] = table ? table[from[at]!]! : from[at]!;
    }
  }
}

function divideByAlpha(data: Samples): void {
  const peak = peakOf(data);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]!;
    if (alpha === 0 || alpha === peak) continue;
    for (let c = i; c < i + 3; c++) data[c] = Math.min(peak, Math.round((data[c]! * peak) / alpha));
  }
}

/**
 * What TIFF calls CIELab has signs, and what it calls ICCLab the numbers of ICC's version 2, which have 256 for each 257 of version 4's
 * where they have 16 bits. TIFF 6.0, section 23, and its supplement 3; ICC.1:2022, 6.3.4.
 */
function recodeLab(data: Samples, isSigned: boolean): void {
  const isDeep = data instanceof Uint16Array;
  const sign = isDeep ? 0x8000 : 0x80;
  const widen = (level: number) =>
    isDeep ? Math.min(0xffff, Math.round((level * 257) / 256)) : level;
  for (let i = 0; i < data.length; i += 4) {
    if (!isSigned) data[i] = widen(data[i]!);
    for (const c of [i + 1, i + 2]) data[c] = widen(isSigned ? data[c]! ^ sign : data[c]!);
  }
}
