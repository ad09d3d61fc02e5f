import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Bytes } from '../../../../src/formats/metadata/metadata';
import { TiffWriter } from '../../../../src/formats/tiff/writer';

/** What the EXIF block of {@link drawExif} says beside what is the same in all. */
export type Told = {
  readonly isLittle?: boolean;
  /** Bytes of a maker note. */
  readonly makerNote?: number;
};

type Entry = readonly [tag: number, type: number, count: number, values: Uint8Array];

const latin = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));

/** An EXIF block with a main directory, details, place, interoperability and a thumbnail at its end. */
export function drawExif({ isLittle = true, makerNote = 40 }: Told = {}): Bytes {
  const bytes = new Uint8Array(2048 + makerNote);
  const view = new DataView(bytes.buffer);
  const number = (value: number, size: 2 | 4) => {
    const out = new DataView(new ArrayBuffer(size));
    if (size === 2) out.setUint16(0, value, isLittle);
    else out.setUint32(0, value, isLittle);
    return new Uint8Array(out.buffer);
  };
  const ascii = (tag: number, text: string): Entry => {
    const values = latin(`${text}\0`);
    return [tag, 2, values.length, values];
  };
  const short = (tag: number, value: number): Entry => [tag, 3, 1, number(value, 2)];
  const long = (tag: number, value: number): Entry => [tag, 4, 1, number(value, 4)];
  const ratio = (tag: number, ...parts: number[]): Entry => {
    const values = Uint8Array.from(parts.flatMap((part) => [...number(part, 4)]));
    return [tag, 5, parts.length / 2, values];
  };
  const blob = (tag: number, type: number, values: Uint8Array): Entry =>
    [...[tag, type, values.length, values]] as unknown as Entry;
  let free = 0;
  const write = (at: number, entries: readonly Entry[], next: number) => {
    view.setUint16(at, entries.length, isLittle);
    free = at + 2 + entries.length * 12 + 4;
    entries.forEach(([tag, type, count, values], i) => {
      const entry = at + 2 + i * 12;
      view.setUint16(entry, tag, isLittle);
      view.setUint16(entry + 2, type, isLittle);
      view.setUint32(entry + 4, count, isLittle);
      if (values.length <= 4) bytes.set(values, entry + 8);
      else {
        view.setUint32(entry + 8, free, isLittle);
        bytes.set(values, free);
        free += values.length + (values.length & 1);
      }
    });
    view.setUint32(at + 2 + entries.length * 12, next, isLittle);
  };
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  const [details, gps, interop, second] = [
    400,
    900 + makerNote,
    1100 + makerNote,
    1200 + makerNote,
  ];
  write(
    8,
    [
      ...[ascii(0x010f, 'Acme'), ascii(0x0110, 'Acme 3000'), short(0x0112, 6)],
      ...[ratio(0x011a, 300, 1), ratio(0x011b, 300, 1), short(0x0128, 2)],
      ...[ascii(0x0132, '2024:05:06 07:08:09'), ascii(0x8298, 'Ada Example')],
      ...[long(0x8769, details), long(0x8825, gps)],
    ],
    second,
  );
  write(
    details,
    [
      ...[ratio(0x829a, 1, 250), ratio(0x829d, 28, 10), short(0x8827, 800)],
      ...[blob(0x9000, 7, latin('0232')), ascii(0x9003, '2024:05:06 07:08:09')],
      blob(0x927c, 7, latin('SERIAL-IN-NOTE'.repeat(1 + makerNote / 14)).slice(0, makerNote)),
      ...[short(0xa001, 65535), short(0xa002, 640), short(0xa003, 480), long(0xa005, interop)],
      ...[ascii(0xa430, 'Ada Example'), ascii(0xa431, 'SERIAL-1234'), ascii(0xa434, 'Lens 50')],
      ascii(0xa435, 'SERIAL-5678'),
    ],
    0,
  );
  write(
    gps,
    [
      ...[blob(0x0000, 1, Uint8Array.of(2, 3, 0, 0)), ascii(0x0001, 'N')],
      ...[ratio(0x0002, 52, 1, 31, 1, 1234, 100), ascii(0x0003, 'E')],
      ratio(0x0004, 13, 1, 24, 1, 3456, 100),
    ],
    0,
  );
  write(interop, [ascii(0x0001, 'R03')], 0);
  const start = 1300 + makerNote;
  const thumbnail = latin('THUMBNAIL'.repeat(20));
  write(second, [short(0x0103, 6), long(0x0201, start), long(0x0202, thumbnail.length)], 0);
  bytes.set(thumbnail, start);
  return bytes.slice(0, start + thumbnail.length);
}

/** An XMP packet of several namespaces, with properties as attributes and as elements. */
export const packet = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmp:Rating="4" tiff:Orientation="6" exif:GPSLatitude="52,31.2N" aux:SerialNumber="SERIAL-1234" photoshop:City="Berlin">
<exif:PixelXDimension>640</exif:PixelXDimension><photoshop:Headline>A quiet street &amp; a cat</photoshop:Headline>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Straße</rdf:li></rdf:Alt></dc:title>
<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="Darkroom 1"/></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;

/** IPTC: a headline, a city. */
export const iptc = Uint8Array.from([
  ...[0x1c, 2, 105, 0, 8, ...latin('Headline')],
  ...[0x1c, 2, 90, 0, 6, ...latin('Berlin')],
  ...[0x1c, 2, 80, 0, 3, ...latin('Ada')],
]);

const formats = new URL('../../../fixtures/formats/', import.meta.url);

/** A picture's file without metadata. */
export function readFixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(name, formats)));
}

const be = (value: number, size: 2 | 4) => {
  const out = new DataView(new ArrayBuffer(size));
  if (size === 2) out.setUint16(0, value);
  else out.setUint32(0, value);
  return [...new Uint8Array(out.buffer)];
};

/** A JPEG that says all of it, put together by hand. */
export function tellJpeg(exif: Bytes = drawExif()): Bytes {
  const file = readFixture('one.jpg');
  const segment = (marker: number, body: Iterable<number>) => {
    const all = [...body];
    return [0xff, marker, ...be(all.length + 2, 2), ...all];
  };
  const resource = [...latin('8BIM'), ...be(0x0404, 2), 0, 0, ...be(iptc.length, 4), ...iptc];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe1, [...latin('Exif\0\0'), ...exif]),
    ...segment(0xe1, [
      ...latin('http://ns.adobe.com/xap/1.0/\0'),
      ...new TextEncoder().encode(packet),
    ]),
    ...segment(0xed, [...latin('Photoshop 3.0\0'), ...resource]),
    ...segment(0xfe, latin('A comment')),
    ...file.slice(2),
  ]);
}

/** A PNG that says all of it; its checksums are zeros, which readers of metadata do not look at. */
export function tellPng(exif: Bytes = drawExif()): Bytes {
  const file = readFixture('one.png');
  const chunk = (type: string, body: Iterable<number>) => {
    const all = [...body];
    return [...be(all.length, 4), ...latin(type), ...all, 0, 0, 0, 0];
  };
  const texts = [
    ...chunk('tEXt', latin('Title\0A title')),
    ...chunk('tEXt', latin('parameters\0a cat, 20 steps')),
    ...chunk('zTXt', [...latin('Notes\0\0'), ...deflateSync('packed')]),
  ];
  return Uint8Array.from([
    ...file.slice(0, 33),
    ...chunk('pHYs', [...be(11811, 4), ...be(11811, 4), 1]),
    ...chunk('eXIf', exif),
    ...chunk('iTXt', [
      ...latin('XML:com.adobe.xmp\0\0\0\0\0'),
      ...new TextEncoder().encode(packet),
    ]),
    ...texts,
    ...file.slice(33),
  ]);
}

/** A WebP file that says what its format can hold. */
export function tellWebp(exif: Bytes = drawExif()): Bytes {
  const file = readFixture('lossy.webp');
  const le = (value: number) => be(value, 4).reverse();
  const chunk = (type: string, body: Uint8Array) => [
    ...[...latin(type), ...le(body.length), ...body],
    ...(body.length & 1 ? [0] : []),
  ];
  const all = [
    ...file.slice(12),
    ...chunk('EXIF', exif),
    ...chunk('XMP ', new TextEncoder().encode(packet)),
  ];
  return Uint8Array.from([...latin('RIFF'), ...le(all.length + 4), ...latin('WEBP'), ...all]);
}

/** A TIFF of one pixel, as results are written: what goes round its strips, and these. */
export async function drawTiff(isLittle = true) {
  const kind = { isGray: false, hasAlpha: false, depth: 8, isLittle } as const;
  const writer = new TiffWriter({ width: 1, height: 1 }, kind);
  await writer.write(Uint8ClampedArray.of(220, 30, 30, 255));
  const strips = await writer.end();
  return { frame: writer.frame(), strips };
}
