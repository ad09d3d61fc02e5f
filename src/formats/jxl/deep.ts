import type { Note } from '../../core/notes';
import type { Raster } from '../../core/picture/raster';
import { throwAltered } from '../../integrity/fetch-checked';
import type { ImageHeader } from '../header';
import type { Bytes } from '../metadata/metadata';
import { readMetadata } from '../metadata/read';
import type { Photo } from '../photo';
import { nameColours } from '../png/metadata';
import { widenJxl } from './wide';

/** The same as for the other decoder of JPEG XL: how much this one takes of its memory has not been measured. */
const mostPixels = 48e6;

/**
 * Whether a JPEG XL has more than 8 bits of sRGB, or lacks its end: the fast decoder gives no more than these, and nothing of
 * what is cut off.
 *
 * @param header A file's header.
 * @returns True where {@link openDeepJxl} is to be asked first.
 */
export function isDeepJxl(header: ImageHeader): boolean {
  const { coloured, depth, truncated } = header;
  return isForOxide(header) && (coloured || depth === 16 || truncated);
}

/**
 * Whether {@link openDeepJxl} may show some of a JPEG XL that the fast decoder refuses, and has not been asked yet.
 *
 * @param header A file's header.
 * @returns False of other formats, too.
 */
export function mayBeCutJxl(header: ImageHeader): boolean {
  return isForOxide(header) && !isDeepJxl(header);
}

const isForOxide = ({ format, width, height }: ImageHeader) =>
  format === 'jxl' && width * height <= mostPixels;

/**
 * Opens a JPEG XL in its own depth and colours, by way of a PNG.
 *
 * @param bytes The file.
 * @param header Its header.
 * @param open Opens the PNG.
 * @returns The photo; null where the decoder cannot be fetched, makes nothing of the file, or has all of it black for want of
 *   pixels.
 * @throws {DOMException} The reason of the signal that `open` obeys.
 */
export async function openDeepJxl(
  bytes: Bytes,
  header: ImageHeader,
  open: (png: Blob) => Promise<Photo>,
): Promise<Photo | null> {
  const wide = header.coloured ? widenJxl(bytes) : null;
  const made = await convert(wide?.file ?? bytes);
  if (!made) return null;
  const png = wide ? await nameColours(made.png, wide.profile) : made.png;
  const photo = await open(new Blob([png]));
  if (!made.isWhole && isBlack(photo.raster)) return null;
  // What its numbers mean, the PNG says.
  const { metadata, notes } = await readMetadata(bytes, { ...header, coloured: false });
  const { profile } = photo.metadata;
  const isConverted = photo.metadata.isConverted || (wide?.isConverted ?? false);
  const seen: Note[] = [];
  if (wide?.isConverted) seen.push({ note: 'colours-converted', facts: {} });
  if (header.animated) seen.push({ note: 'first-frame', facts: {} });
  if (!made.isWhole) seen.push({ note: 'cut-off', facts: {} });
  return {
    ...photo,
    header: { ...photo.header, format: 'jxl', animated: header.animated },
    metadata: { ...metadata, profile, isConverted },
    notes: [...seen, ...photo.notes, ...notes],
  };
}

async function convert(bytes: Bytes) {
  try {
    const { loadOxide } = await import('./oxide');
    return (await loadOxide())(bytes);
  } catch (error) {
    throwAltered(error);
    return null;
  }
}

/** Whatever its alpha. */
function isBlack({ data }: Raster): boolean {
  for (let i = 0; i < data.length; i += 4)
    if (data[i] !== 0 || data[i + 1] !== 0 || data[i + 2] !== 0) return false;
  return true;
}
