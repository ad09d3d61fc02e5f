import { joinBytes, latin1 } from '../metadata/bytes';
import type { Bytes, Metadata } from '../metadata/metadata';
import { boxes, findBox, type Box } from './boxes';
import { xmpType } from './metadata';

/** Of a full box: version and flags. */
const fullHead = 4;

/** An item that is added. */
type NewItem = { readonly id: number; readonly info: Bytes; readonly content: Bytes };

/**
 * Adds metadata to an AVIF file of the encoder's: items of EXIF and XMP that describe its picture, and a profile among
 * the picture's properties. Sources: ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 6.5.5 and annex A; AV1 Image File
 * Format.
 *
 * @param file The file: `meta` with an item location box of 32-bit places, and behind it the picture.
 * @param metadata What it is to say.
 * @returns The file's parts, one after the other; the picture is not copied.
 * @throws {RangeError} Where it is laid otherwise.
 */
export function writeHeifMetadata(file: Bytes, metadata: Metadata): readonly Bytes[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const meta = findBox(view, 0, file.length, 'meta');
  if (!meta) throw new RangeError('meta');
  const within = [...boxes(view, meta.start + fullHead, meta.end)];
  const find = (type: string) => within.find((box) => box.type === type);
  const pitm = find('pitm');
  const iloc = find('iloc');
  if (
    !pitm ||
    !iloc ||
    view.getUint32(iloc.start) !== 0 ||
    view.getUint16(iloc.start + 4) !== 0x4400
  )
    throw new RangeError('iloc');
  const primary = view.getUint16(pitm.start + fullHead);
  const items = newItems(metadata, lastItem(view, iloc));
  const parts = within
    .filter(({ type }) => type !== 'iloc' && type !== 'iref')
    .map((box) => {
      if (box.type === 'iinf') return growInfo(file, box, items);
      if (box.type === 'iprp' && metadata.profile)
        return growProperties(file, box, primary, metadata.profile);
      return wholeBox(file, box);
    });
  const references = growReferences(file, find('iref'), items, primary);
  const rest = joinBytes([...parts, ...references]);
  const head = view.getUint32(meta.start);
  const locationBytes = iloc.end - iloc.start + 8 + items.length * 14;
  const metaBytes = 8 + fullHead + rest.length + locationBytes;
  const moved = metaBytes - (meta.end - meta.start + 8);
  const locations = growLocations(file, iloc, items, moved);
  const metaBox = box('meta', joinBytes([word(head), rest, locations]));
  const added = box('mdat', joinBytes(items.map(({ content }) => content)));
  return [
    file.subarray(0, meta.start - 8),
    metaBox,
    file.subarray(meta.end),
    ...(items.length > 0 ? [added] : []),
  ];
}

function newItems({ exif, xmp }: Metadata, last: number): NewItem[] {
  const told: Omit<NewItem, 'id'>[] = [];
  // Four bytes say how many come before the byte order mark.
  if (exif) told.push({ info: latin1('ExifExif\0'), content: joinBytes([word(0), exif]) });
  if (xmp !== null)
    told.push({ info: latin1(`mimeXMP\0${xmpType}\0`), content: new TextEncoder().encode(xmp) });
  return told.map((item, i) => ({ ...item, id: last + 1 + i }));
}

function lastItem(view: DataView, { start }: Box): number {
  let last = 0;
  let at = start + 8;
  for (let left = view.getUint16(start + 6); left > 0; left--) {
    last = Math.max(last, view.getUint16(at));
    at += 6 + 8 * view.getUint16(at + 4);
  }
  return last;
}

function growInfo(file: Bytes, { start, end }: Box, items: readonly NewItem[]): Bytes {
  const body = file.slice(start, end);
  const view = new DataView(body.buffer);
  view.setUint16(fullHead, view.getUint16(fullHead) + items.length);
  const entries = items.map(({ id, info }) =>
    // Version 2: number, no protection, type, name, and the type of a text's content.
    box('infe', joinBytes([word(0x02000000), half(id), half(0), info])),
  );
  return box('iinf', joinBytes([body, ...entries]));
}

function growProperties(file: Bytes, iprp: Box, primary: number, profile: Bytes): Bytes {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts = [...boxes(view, iprp.start, iprp.end)];
  const ipco = parts.find(({ type }) => type === 'ipco');
  if (!ipco) throw new RangeError('ipco');
  const number = [...boxes(view, ipco.start, ipco.end)].length + 1;
  const colours = box('colr', joinBytes([latin1('prof'), profile]));
  const grown = parts.map((part) => {
    if (part === ipco)
      return box('ipco', joinBytes([file.subarray(ipco.start, ipco.end), colours]));
    return part.type === 'ipma' ? associate(file, part, primary, number) : wholeBox(file, part);
  });
  return box('iprp', joinBytes(grown));
}

/** Adds a property to the picture's list: of version 0, with numbers of seven bits. */
function associate(file: Bytes, { start, end }: Box, primary: number, property: number): Bytes {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(start) !== 0) throw new RangeError('ipma');
  let at = start + 8;
  while (view.getUint16(at) !== primary) at += 3 + view.getUint8(at + 2);
  const count = view.getUint8(at + 2);
  const behind = at + 3 + count;
  return box(
    'ipma',
    joinBytes([
      file.subarray(start, at + 2),
      Uint8Array.of(count + 1),
      file.subarray(at + 3, behind),
      Uint8Array.of(property),
      file.subarray(behind, end),
    ]),
  );
}

function growReferences(
  file: Bytes,
  iref: Box | undefined,
  items: readonly NewItem[],
  primary: number,
): Bytes[] {
  if (!iref && items.length === 0) return [];
  const body = iref ? file.subarray(iref.start, iref.end) : word(0);
  const describes = items.map(({ id }) =>
    box('cdsc', joinBytes([half(id), half(1), half(primary)])),
  );
  return [box('iref', joinBytes([body, ...describes]))];
}

/** Places of all items: the picture's have moved, and the new ones lie behind all else. */
function growLocations(file: Bytes, { start, end }: Box, items: readonly NewItem[], moved: number) {
  const body = file.slice(start, end);
  const view = new DataView(body.buffer);
  const count = view.getUint16(6);
  view.setUint16(6, count + items.length);
  let at = 8;
  for (let left = count; left > 0; left--) {
    const extents = view.getUint16(at + 4);
    at += 6;
    for (let i = 0; i < extents; i++, at += 8) view.setUint32(at, view.getUint32(at) + moved);
  }
  let place = file.length + moved + 8;
  const entries = items.map(({ id, content }) => {
    const entry = joinBytes([half(id), half(0), half(1), word(place), word(content.length)]);
    place += content.length;
    return entry;
  });
  return box('iloc', joinBytes([body, ...entries]));
}

function wholeBox(file: Bytes, { start, end }: Box): Bytes {
  return file.subarray(start - 8, end);
}

function box(type: string, body: Bytes): Bytes {
  return joinBytes([word(body.length + 8), latin1(type), body]);
}

function half(value: number): Bytes {
  return Uint8Array.of(value >> 8, value);
}

function word(value: number): Bytes {
  return joinBytes([half(value >>> 16), half(value & 0xffff)]);
}
