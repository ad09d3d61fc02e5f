import { readLatin1 } from '../metadata/bytes';
import { boxes, findBox, type Box } from './boxes';

/** What a HEIF file lists. Source: ISO/IEC 14496-12, 8.11 and ISO/IEC 23008-12, 6.5 and 9. */
export type Items = {
  /** Number of the picture that is shown. */
  readonly primary: number;
  /** Type, and for `mime` the type of its content, by item. */
  readonly types: ReadonlyMap<number, { readonly type: string; readonly content: string }>;
  /** What all items say of their colours: profiles and codes. */
  readonly colours: readonly Box[];
  /** How the items that are no grids of others are coded, the shown one's tiles first. */
  readonly codings: readonly Box[];
  /** Properties of an item: sizes, turns, colours. */
  propertiesOf(item: number): readonly Box[];
  /** Items that refer to another. */
  referringTo(item: number, by: string): readonly number[];
  /** Where the bytes of an item are in the file, or nothing where that is not said as usual. */
  extentsOf(item: number): readonly (readonly [start: number, end: number])[];
};

/** Of full boxes: version and flags. */
const fullHead = 4;

/**
 * Reads a file's list of items.
 *
 * @param view The whole file.
 * @returns It; undefined where there is none.
 * @throws {RangeError} Where it is cut off or lies about its lengths.
 */
export function readItems(view: DataView): Items | undefined {
  const meta = findBox(view, 0, view.byteLength, 'meta');
  if (!meta) return undefined;
  const within = (type: string) => findBox(view, meta.start + fullHead, meta.end, type);
  const [pitm, iinf, iprp, iref, iloc] = ['pitm', 'iinf', 'iprp', 'iref', 'iloc'].map(within);
  if (!pitm) return undefined;
  const primary =
    view.getUint8(pitm.start) === 0
      ? view.getUint16(pitm.start + fullHead)
      : view.getUint32(pitm.start + fullHead);
  const properties = iprp ? readProperties(view, iprp) : [];
  const associated = iprp ? readAssociations(view, iprp, properties) : new Map<number, Box[]>();
  const idat = within('idat');
  return {
    primary,
    types: iinf ? readTypes(view, iinf) : new Map(),
    colours: properties.filter(
      (box) => box.type === 'colr' && (isProfile(view, box) || box.end - box.start >= 8),
    ),
    codings: properties.filter(({ type }) => type === 'av1C' || type === 'hvcC'),
    propertiesOf: (item) => associated.get(item) ?? [],
    referringTo: (item, by) => (iref ? readReferences(view, iref, item, by) : []),
    extentsOf: (item) => (iloc ? readExtents(view, iloc, idat, item) : []),
  };
}

function readTypes(view: DataView, iinf: Box): Items['types'] {
  const types = new Map<number, { type: string; content: string }>();
  const first = iinf.start + fullHead + (view.getUint8(iinf.start) === 0 ? 2 : 4);
  for (const { type, start, end } of boxes(view, first, iinf.end)) {
    const version = view.getUint8(start);
    if (type !== 'infe' || version < 2) continue;
    const [item, at] =
      version === 2
        ? [view.getUint16(start + fullHead), start + fullHead + 4]
        : [view.getUint32(start + fullHead), start + fullHead + 6];
    const bytes = new Uint8Array(view.buffer, view.byteOffset, end);
    const [, content = ''] = readLatin1(bytes.subarray(at + 4)).split('\0');
    types.set(item, { type: readLatin1(bytes.subarray(at, at + 4)), content });
  }
  return types;
}

function readProperties(view: DataView, iprp: Box): readonly Box[] {
  const ipco = findBox(view, iprp.start, iprp.end, 'ipco');
  return ipco ? [...boxes(view, ipco.start, ipco.end)] : [];
}

/**
 * Whether a property is an ICC profile, of any kind or restricted.
 *
 * @param view The file.
 * @param property The property; the profile begins four bytes into its body.
 * @returns True for one.
 */
export function isProfile(view: DataView, { type, start, end }: Box): boolean {
  if (type !== 'colr' || end - start < 4) return false;
  const kind = readLatin1(new Uint8Array(view.buffer, view.byteOffset + start, 4));
  return kind === 'prof' || kind === 'rICC';
}

function readAssociations(view: DataView, iprp: Box, all: readonly Box[]): Map<number, Box[]> {
  const found = new Map<number, Box[]>();
  for (const { type, start } of boxes(view, iprp.start, iprp.end)) {
    if (type !== 'ipma') continue;
    const isWide = (view.getUint8(start + 3) & 1) === 1;
    const hasLongIds = view.getUint8(start) > 0;
    let at = start + fullHead + 4;
    for (let left = view.getUint32(start + fullHead); left > 0; left--) {
      const item = hasLongIds ? view.getUint32(at) : view.getUint16(at);
      at += hasLongIds ? 4 : 2;
      const properties: Box[] = [];
      for (let count = view.getUint8(at++); count > 0; count--) {
        const index = isWide ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f;
        at += isWide ? 2 : 1;
        const property = all[index - 1];
        if (property) properties.push(property);
      }
      found.set(item, properties);
    }
  }
  return found;
}

function readReferences(view: DataView, iref: Box, item: number, by: string): readonly number[] {
  const size = view.getUint8(iref.start) === 0 ? 2 : 4;
  const read = (at: number) => (size === 2 ? view.getUint16(at) : view.getUint32(at));
  const found: number[] = [];
  for (const { type, start } of boxes(view, iref.start + fullHead, iref.end)) {
    if (type !== by) continue;
    const count = view.getUint16(start + size);
    for (let i = 0; i < count; i++)
      if (read(start + size + 2 + i * size) === item) found.push(read(start));
  }
  return found;
}

function readExtents(
  view: DataView,
  iloc: Box,
  idat: Box | undefined,
  wanted: number,
): readonly (readonly [number, number])[] {
  const version = view.getUint8(iloc.start);
  let at = iloc.start + fullHead;
  const number = (size: number) => {
    at += size;
    if (size === 8) return Number(view.getBigUint64(at - 8));
    return size === 4 ? view.getUint32(at - 4) : size === 2 ? view.getUint16(at - 2) : 0;
  };
  const sizes = number(2);
  const [offset, length, base] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const index = version > 0 ? sizes & 15 : 0;
  for (let left = number(version < 2 ? 2 : 4); left > 0; left--) {
    const item = number(version < 2 ? 2 : 4);
    const method = version > 0 ? number(2) & 15 : 0;
    number(2);
    const from = number(base) + (method === 1 ? (idat?.start ?? 0) : 0);
    const extents: [number, number][] = [];
    for (let count = number(2); count > 0; count--) {
      number(index);
      const start = from + number(offset);
      extents.push([start, start + number(length)]);
    }
    if (item !== wanted) continue;
    const isUsual = method === 0 || (method === 1 && idat);
    return isUsual && extents.every(([, end]) => end <= view.byteLength) ? extents : [];
  }
  return [];
}
