import type { PhotoFormat } from '../../core/format';
import type { Note } from '../../core/notes';
import { throwAltered } from '../../integrity/fetch-checked';
import { readBmpMetadata } from '../bmp/header';
import { staysInOwnSpace } from '../colours';
import { findGainMap } from '../gain-map/find';
import type { ImageHeader } from '../header';
import { readHeifMetadata } from '../heif/metadata';
import { readProfileSpace } from '../icc/profile';
import { readJpegMetadata } from '../jpeg/metadata';
import { readJxlMetadata } from '../jxl/metadata';
import { readPngMetadata } from '../png/metadata';
import { isLosslessWebp, readWebpMetadata } from '../webp/metadata';
import type { Found } from './bytes';
import { adaptExif } from './exif';
import { findBeside } from './beside';
import { noMetadata, type Bytes, type Metadata, type MetadataPart } from './metadata';

/** Metadata of a photo, and what of it cannot be kept. */
export type ReadMetadata = { readonly metadata: Metadata; readonly notes: readonly Note[] };

const readers: Readonly<Record<PhotoFormat, (bytes: Bytes) => Found | Promise<Found>>> = {
  jpeg: readJpegMetadata,
  png: readPngMetadata,
  webp: readWebpMetadata,
  avif: readHeifMetadata,
  heic: readHeifMetadata,
  jxl: readJxlMetadata,
  tiff: async (bytes) => (await import('../tiff/metadata')).readTiffMetadata(bytes),
  gif: () => ({}),
  bmp: readBmpMetadata,
};

/**
 * Reads what a photo's file says beside its pixels. Broken metadata does not stop a photo.
 *
 * @param bytes The file.
 * @param header Its header.
 * @returns What can be written to other files, and notes on what cannot.
 * @throws {EnhanceError} `file-altered` where a script that reads it is not as it was built.
 */
export async function readMetadata(bytes: Bytes, header: ImageHeader): Promise<ReadMetadata> {
  const { format, orientation, coloured } = header;
  // A reader that could not be fetched has found nothing.
  const found = await Promise.resolve(readers[format](bytes)).catch((error: unknown) => {
    throwAltered(error);
    return {};
  });
  const metadata = { ...noMetadata, ...found, orientation };
  const broken: MetadataPart[] = [];
  const { profile } = metadata;
  if (profile && readProfileSpace(profile) === null) broken.push('ICC');
  if (metadata.exif && !isReadableExif(metadata.exif)) broken.push('EXIF');
  const xmp = metadata.xmp === null ? null : await checkXmp(metadata.xmp);
  if (xmp === 'broken') broken.push('XMP');
  const notes: Note[] = [];
  if (broken.length > 0) notes.push({ note: 'metadata-broken', facts: { parts: broken } });
  const beside = findBeside(bytes, format, metadata.xmp);
  const hasGainMap = xmp === 'gain-map' || beside.gainMap;
  const gainMap = hasGainMap && format === 'jpeg' ? findGainMap(bytes) : null;
  if (hasGainMap) notes.push({ note: gainMap ? 'gain-map-kept' : 'gain-map-dropped', facts: {} });
  if (beside.film || (beside.pictures && !hasGainMap))
    notes.push({ note: 'first-frame', facts: {} });
  // What is no profile converts nothing: the numbers are taken for sRGB's.
  const isTaken = broken.includes('ICC') && !header.press;
  return {
    metadata: {
      ...metadata,
      isLossless: format === 'webp' && isLosslessWebp(bytes),
      isConverted: beside.cmyk || (coloured && !isTaken && !staysInOwnSpace(header, profile)),
      profile: broken.includes('ICC') ? null : profile,
      exif: broken.includes('EXIF') ? null : metadata.exif,
      xmp: xmp === 'broken' ? null : metadata.xmp,
      gainMap,
    },
    notes,
  };
}

function isReadableExif(exif: Bytes): boolean {
  try {
    adaptExif(exif, { size: { width: 1, height: 1 }, isConverted: false, isAnonymous: false });
    return true;
  } catch {
    return false;
  }
}

/** Loads the library that reads XMP only for photos that have some. */
async function checkXmp(packet: string): Promise<'fine' | 'gain-map' | 'broken'> {
  try {
    const { hasGainMap, isReadable } = await import('./xmp');
    if (!isReadable(packet)) return 'broken';
    return hasGainMap(packet) ? 'gain-map' : 'fine';
  } catch (error) {
    throwAltered(error);
    // The library could not be fetched: nobody can tell.
    return 'fine';
  }
}
