import { joinBytes, type Found } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { profileOfCodes } from '../icc/codes';
import type { Box } from './boxes';
import { spaceOf } from './header';
import { isProfile, readItems, type Items } from './items';

/** How XMP is told from other items of text. */
export const xmpType = 'application/rdf+xml';

/**
 * Reads what an AVIF or HEIC file says beside its picture. Source: ISO/IEC 23008-12, annex A. Never throws: what
 * is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found.
 */
export function readHeifMetadata(bytes: Bytes): Found {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const items = readItems(view);
    const exif = items && readItem(bytes, items, ({ type }) => type === 'Exif');
    const xmp =
      items &&
      readItem(bytes, items, ({ type, content }) => type === 'mime' && content === xmpType);
    const properties = items?.propertiesOf(items.primary) ?? [];
    const box = properties.find((property) => isProfile(view, property));
    const profile = box ? bytes.slice(box.start + 4, box.end) : profileOfCode(view, properties);
    return {
      ...(profile && { profile }),
      ...(exif && { exif: exif.slice(4 + startOfExif(exif)) }),
      ...(xmp && { xmp: new TextDecoder().decode(xmp) }),
    };
  } catch {
    return {};
  }
}

/** A profile in place of numbers that mean other colours than sRGB's. */
function profileOfCode(view: DataView, properties: readonly Box[]): Bytes | null {
  if (spaceOf(view, properties) === 'srgb') return null;
  const box = properties.find(({ type, start, end }) => type === 'colr' && end - start >= 8);
  if (!box) return null;
  const [primaries, transfer] = [view.getUint16(box.start + 4), view.getUint16(box.start + 6)];
  return profileOfCodes({ primaries, transfer });
}

type IsWanted = (item: { readonly type: string; readonly content: string }) => boolean;

function readItem(bytes: Bytes, items: Items, isWanted: IsWanted): Bytes | null {
  for (const [item, type] of items.types) {
    if (!isWanted(type)) continue;
    const extents = items.extentsOf(item).map(([start, end]) => bytes.subarray(start, end));
    if (extents.length > 0) return joinBytes(extents);
  }
  return null;
}

/** Bytes before the byte order mark, as the first four say; a mark taken over from JPEG, mostly. */
function startOfExif(item: Bytes): number {
  return new DataView(item.buffer).getUint32(0);
}
