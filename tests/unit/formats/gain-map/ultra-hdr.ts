import { readFileSync } from 'node:fs';
import { bytesOf, join, text, wide, type Bytes } from '../byte-tools';

const folder = new URL('../../../fixtures/formats/', import.meta.url);

/**
 * A fixture.
 *
 * @param name Its file's.
 * @returns Its bytes.
 */
export const readFixture = (name: string): Bytes =>
  new Uint8Array(readFileSync(new URL(name, folder)));

/**
 * A JPEG's segment.
 *
 * @param marker The second byte of its marker.
 * @param body What it says.
 * @returns All of it.
 */
export const segment = (marker: number, body: Bytes): Bytes =>
  join(bytesOf(0xff, marker, ...wide(body.length + 2)), body);

const packet = (attributes: string) =>
  text(
    `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" ${attributes}/></rdf:RDF></x:xmpmeta>`,
  );

/** What a gain map says of itself, in both ways that there are. */
export const said = join(
  segment(
    0xe1,
    packet(
      'hdrgm:GainMapMin="-0.5" hdrgm:GainMapMax="2.25" hdrgm:Gamma="1" hdrgm:HDRCapacityMax="3"',
    ),
  ),
  segment(0xe2, text('urn:iso:std:iso:ts:21496:-1\0\0\0\0\0\x40what it means')),
);

/** What the photo says: that there is one. */
export const iso = text('urn:iso:std:iso:ts:21496:-1\0\0\0\0\0');

const long = (value: number) => bytesOf(...wide(value >>> 16, value & 0xffff));

/**
 * An Ultra HDR photo, put together as its specification has it and by nothing of ours.
 *
 * @param photo A JPEG.
 * @param map A JPEG, its gain map.
 * @returns One file.
 */
export function makeUltraHdr(photo: Bytes, map: Bytes): Bytes {
  const behind = join(
    map.subarray(0, 2),
    said,
    segment(0xe1, text('Exif\0\0not kept')),
    map.subarray(2),
  );
  const index = (first: number, offset: number) => {
    const entries = [
      ...[long(0x030000), long(first), long(0), long(0)],
      ...[long(0), long(behind.length), long(offset), long(0)],
    ];
    const entry = [bytesOf(0xb0, 2, 0, 7), long(32), long(26), long(0)];
    return segment(0xe2, join(text('MPF\0MM\0*'), long(8), bytesOf(0, 1), ...entry, ...entries));
  };
  const told = join(segment(0xe1, packet('')), segment(0xe2, iso));
  const head = join(photo.subarray(0, 2), told);
  const first = photo.length + told.length + index(0, 0).length;
  return join(head, index(first, first - head.length - 8), photo.subarray(2), behind);
}
