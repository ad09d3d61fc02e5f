import type { Edit, Orientation } from '../header';
import { readLatin1 } from '../metadata/bytes';
import { alphaNames } from './header';
import { readItems } from './items';

/** EXIF orientations by quarter turns anticlockwise, and by what is mirrored after them: nothing, top and bottom, or left and right. */
const orientations: readonly (readonly Orientation[])[] = [
  [1, 8, 3, 6],
  [4, 5, 2, 7],
  [2, 7, 4, 5],
];

/**
 * How a file says that its picture is turned, for decoders that leave that to others. Source: ISO/IEC 23008-12, 6.5.10
 * and 6.5.12.
 *
 * @param view The file.
 * @returns The EXIF orientation that is the same; null where the picture is cropped, too, or nothing is listed.
 */
export function readHeifTurn(view: DataView): Orientation | null {
  const items = readItems(view);
  const properties = items?.propertiesOf(items.primary);
  if (!properties || properties.some(({ type }) => type === 'clap')) return null;
  const read = (name: string) => {
    const box = properties.find(({ type }) => type === name);
    return box && view.getUint8(box.start);
  };
  const mirror = read('imir');
  const row = orientations[mirror === undefined ? 0 : 1 + (mirror & 1)]!;
  return row[(read('irot') ?? 0) & 3]!;
}

/**
 * What keeps a decoder from knowing that a picture is transparent, so that it shows the colours alone.
 *
 * @param view The file.
 * @returns The edits; no byte moves.
 */
export function hideAlpha(view: DataView): readonly Edit[] {
  const items = readItems(view);
  if (!items) return [];
  const properties = items
    .referringTo(items.primary, 'auxl')
    .flatMap((item) => items.propertiesOf(item));
  const names = properties.filter(({ type, start, end }) => {
    const text = new Uint8Array(view.buffer, view.byteOffset + start, end - start);
    return type === 'auxC' && alphaNames.includes(readLatin1(text.subarray(4)).split('\0')[0]!);
  });
  return names.map(({ start }) => ({ start: start + 4, end: start + 7, text: 'nil' }));
}
