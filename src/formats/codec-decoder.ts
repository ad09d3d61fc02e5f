import { peakOf } from '../core/picture/depth';
import type { PhotoFormat } from '../core/format';
import type { Note } from '../core/notes';
import type { Raster8 } from '../core/picture/raster';

import { staysInOwnSpace } from './colours';
import type { Decoder, Reading } from './decode';
import { convertGray } from './gray-curve';
import { undecodable, type ImageHeader } from './header';
import { readProfileSpace } from './icc/profile';
import { loadJpegReader } from './jpeg/reader';
import { isBrightJxl } from './jxl/header';
import type { Bytes } from './metadata/metadata';
import { readMetadata } from './metadata/read';
import { turnRaster } from './orientation';
import { convertPlainInks } from './press/convert';
import { readInkJpeg } from './press/jpeg';
import { sniff } from './sniff';
import { readers, readOwnNumbers } from './straight';

/** Why only a browser reads a file: its format, that it moves, or how it tells its colours. */
export type BrowserNeed = 'format' | 'animation' | 'colours';

/** Formats that no codec here reads. */
const browsersOwn: readonly PhotoFormat[] = ['gif', 'bmp'];

/** Formats whose codecs read no animation, not even its first frame. */
const stillOnly: readonly PhotoFormat[] = ['webp', 'avif'];

/**
 * Whether a file wants a browser, where there is none.
 *
 * @param bytes The file.
 * @returns Why; null where {@link decodeByCodec} and the readers of our own are enough.
 * @throws {EnhanceError} As `sniff`.
 */
export async function findBrowserNeed(bytes: Bytes): Promise<BrowserNeed | null> {
  const header = sniff(bytes);
  if (browsersOwn.includes(header.format)) return 'format';
  if (header.animated && stillOnly.includes(header.format)) return 'animation';
  // What browsers make of high dynamic range is made nowhere here.
  if (header.format === 'jxl') return header.coloured && isBrightJxl(bytes) ? 'colours' : null;
  if (!header.coloured || header.format === 'tiff') return null;
  const { metadata, notes } = await readMetadata(bytes, header);
  // As browsers do with a profile that is none: its numbers are taken for sRGB's, and that is said.
  if (notes.some(isBrokenProfile)) return null;
  const { profile } = metadata;
  const isKnown = staysInOwnSpace(header, profile) || isConvertible(header, profile);
  return isKnown ? null : 'colours';
}

/**
 * Decodes as a browser does, where there is none, by the same codecs that browsers have: MozJPEG, libwebp, libavif, libheif, and the
 * Rust crate png. Loads them, and the colour engine, as they are needed.
 *
 * @param file The file, without what its decoder is not to act upon.
 * @param job What is known of it, and how it is to be read.
 * @returns The picture, owned by the receiver.
 * @throws {EnhanceError} `corrupt-file` where the codec does not take it.
 * @throws {DOMException} The signal's reason.
 */
export const decodeByCodec: Decoder = async (file, job) => {
  const { header, profile, isOwn, signal } = job;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const raster = await readColours(bytes, job).catch((error: unknown) => {
    throw undecodable(header, String(error));
  });
  signal?.throwIfAborted();
  if (!raster) throw undecodable(header, 'codec');
  if (profile && !isOwn && readProfileSpace(profile) === 'gray') await convertGray(raster, profile);
  return raster;
};

async function readColours(bytes: Bytes, { header }: Reading): Promise<Raster8 | undefined> {
  const { format, orientation } = header;
  if (header.press) {
    const inks = await readInkJpeg(bytes);
    return inks ? turnRaster(fromPlainInks(inks), orientation) : undefined;
  }
  const read = format === 'jpeg' ? await loadJpegReader() : await readers[format]?.(8);
  // As the readers were asked for.
  return (await readOwnNumbers(bytes, { ...header, depth: 8 }, read)) as Raster8 | undefined;
}

/** Inks without a profile: as JPEGs have them, 255 is none. */
function fromPlainInks(inks: Raster8): Raster8 {
  const { data } = inks;
  const peak = peakOf(8);
  for (let i = 0; i < data.length; i++) data[i] = peak - data[i]!;
  convertPlainInks(data);
  for (let i = 3; i < data.length; i += 4) data[i] = peak;
  return inks;
}

const isBrokenProfile = (note: Note) =>
  note.note === 'metadata-broken' && note.facts.parts.includes('ICC');

/** Whether colours that are not kept become sRGB's without a browser. */
function isConvertible({ press, format }: ImageHeader, profile: Bytes | null): boolean {
  if (press === 'cmyk' && format === 'jpeg') return true;
  return profile !== null && readProfileSpace(profile) === 'gray';
}
