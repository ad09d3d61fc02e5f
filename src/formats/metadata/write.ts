import type { SavedFormat } from '../../core/format';
import type { Size } from '../../core/picture/rect';
import type { MetadataWish } from '../../core/recipe/recipe';
import { writeJpegMetadata } from '../jpeg/metadata';
import { writePngMetadata } from '../png/metadata';
import { writeWebpMetadata } from '../webp/metadata';
import { adaptExif, makeDensityExif, setDensity } from './exif';
import { withoutPlaces } from './iptc';
import {
  metresAnInch,
  noMetadata,
  perInch,
  type Bytes,
  type Metadata,
  type TextEntry,
} from './metadata';
import { adaptXmp, type XmpChanges } from './xmp';

/** What is written where. */
export type MetadataJob = {
  readonly format: SavedFormat;
  readonly picture: Size & { readonly hasAlpha: boolean };
  /** The photo's. */
  readonly metadata: Metadata;
  readonly wish: MetadataWish;
  /** What the picture's numbers mean; written whatever the wish. */
  readonly profile: Bytes | null;
  /** Dots per inch that the file tells, whatever the wish; by default the photo's own density. */
  readonly dpi?: number | null;
  /** When the photo was enhanced, in ISO 8601. */
  readonly now: string;
};

/** Texts of a PNG by what they are called in Dublin Core. */
const texts: Readonly<Record<string, string>> = {
  Title: 'title',
  Description: 'description',
  Author: 'creator',
  Copyright: 'rights',
};

/**
 * Adds to a picture's file what the photo's said.
 *
 * @param file A picture's file without metadata.
 * @param job What is written, and how.
 * @returns The file's new parts, one after the other; those of the picture are not copied.
 */
export async function writeMetadata(file: Bytes, job: MetadataJob): Promise<readonly Bytes[]> {
  const { format, picture, wish, profile, dpi = null } = job;
  const kept = { ...(wish.keep ? adapt(job) : noMetadata), profile };
  const adapted = dpi === null ? withOwnDensity(kept, format) : withDensity(kept, dpi, format);
  // Where its strips end is told in its directory, whatever else is.
  if (format === 'tiff')
    return (await import('../tiff/write-metadata')).writeTiffMetadata(file, adapted);
  if (isEmpty(adapted)) return [file];
  switch (format) {
    case 'jpeg':
      return writeJpegMetadata(file, adapted);
    case 'png':
      return writePngMetadata(file, adapted);
    case 'avif':
      return (await import('../heif/write-metadata')).writeHeifMetadata(file, adapted);
    case 'webp':
      return writeWebpMetadata(file, picture, adapted);
  }
}

function isEmpty({ profile, exif, xmp, iptc, texts: entries, density }: Metadata): boolean {
  return !profile && !exif && xmp === null && !iptc && entries.length === 0 && !density;
}

/** Formats that tell a density in EXIF alone. */
const fieldless: readonly SavedFormat[] = ['webp', 'avif'];

/** The photo's own, in EXIF where that is the only place for it; a block that there is tells one already. */
function withOwnDensity(metadata: Metadata, format: SavedFormat): Metadata {
  const { density, exif } = metadata;
  if (!density || exif || !fieldless.includes(format)) return metadata;
  return { ...metadata, exif: makeDensityExif(perInch(density.x), perInch(density.y)) };
}

/** In the format's own field, and in EXIF where there is some, or no such field. */
function withDensity(metadata: Metadata, dpi: number, format: SavedFormat): Metadata {
  const perMetre = Math.round(dpi / metresAnInch);
  const needsExif = fieldless.includes(format) && !metadata.exif;
  const exif = needsExif ? makeDensityExif(dpi) : metadata.exif && setDensity(metadata.exif, dpi);
  return { ...metadata, exif, density: { x: perMetre, y: perMetre } };
}

/** The photo's metadata for another picture of it, in another format. */
function adapt({ format, picture, metadata, wish, now }: MetadataJob): Metadata {
  const { width, height } = picture;
  const { exif, iptc, isConverted } = metadata;
  const changes = { size: { width, height }, isConverted, isAnonymous: wish.isAnonymous };
  return {
    ...metadata,
    orientation: 1,
    exif: exif && adaptExif(exif, changes),
    iptc: iptc && (wish.isAnonymous ? withoutPlaces(iptc) : iptc),
    xmp: adaptPacket(metadata.xmp, {
      ...changes,
      enhanced: wish.mark ? now : null,
      texts: format === 'png' ? {} : textsFor(metadata.texts, format),
    }),
  };
}

/** A packet that is broken was told of when the photo was opened. */
function adaptPacket(packet: string | null, changes: XmpChanges): string | null {
  try {
    return adaptXmp(packet, changes);
  } catch {
    return adaptXmp(null, changes);
  }
}

/** Where a file has no text chunks: what has a name in XMP, and all else as its description. */
function textsFor(entries: readonly TextEntry[], format: SavedFormat): Record<string, string> {
  const carried: Record<string, string> = {};
  const others: string[] = [];
  for (const { keyword, text } of entries) {
    const name = texts[keyword];
    if (name) carried[name] ??= text;
    else if (!(format === 'jpeg' && keyword === 'Comment')) others.push(`${keyword}: ${text}`);
  }
  const described = carried['description'];
  const lines = [...(described === undefined ? [] : [described]), ...others];
  return lines.length > 0 ? { ...carried, description: lines.join('\n') } : carried;
}
