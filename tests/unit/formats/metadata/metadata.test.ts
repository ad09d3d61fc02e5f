import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SavedFormat } from '../../../../src/core/format';
import type { MetadataWish } from '../../../../src/core/recipe/recipe';
import { joinBytes } from '../../../../src/formats/metadata/bytes';
import { noMetadata, type Bytes } from '../../../../src/formats/metadata/metadata';
import { readMetadata } from '../../../../src/formats/metadata/read';
import { writeMetadata, type MetadataJob } from '../../../../src/formats/metadata/write';
import { sniff } from '../../../../src/formats/sniff';
import { makeProfile } from '../../../profiles';
import { drawExif, drawTiff, readFixture, tellJpeg, tellPng, tellWebp } from './told-photo';

// exiftool wrote what these say.
const tellTiff = () => readFixture('told.tif');
const tellAvif = () => readFixture('told.avif');
const sources = {
  jpeg: tellJpeg,
  png: tellPng,
  webp: tellWebp,
  tiff: tellTiff,
  avif: tellAvif,
} as const;
const kinds = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;
const pairs = kinds.flatMap((from) => kinds.map((to) => [from, to] as const));

const all: MetadataWish = { keep: true, isAnonymous: false, mark: false };
const now = '2026-05-04T03:02:01.000Z';
const picture = { width: 2560, height: 1920, hasAlpha: false };
const silent = { picture, metadata: noMetadata, wish: all, profile: null, now };

const blanks = {
  jpeg: readFixture('one.jpg'),
  png: readFixture('one.png'),
  webp: readFixture('lossy.webp'),
  // As the encoder writes it, with alpha.
  avif: readFixture('encoded.avif'),
} as const;

/** A picture's file that is given metadata. */
async function tell(job: MetadataJob, isLittle = true): Promise<Bytes> {
  const { format } = job;
  if (format !== 'tiff') return joinBytes(await writeMetadata(blanks[format], job));
  const { frame, strips } = await drawTiff(isLittle);
  const [head, directory] = await writeMetadata(frame, job);
  return joinBytes([head!, ...strips, directory!]);
}

/** Files that say nothing. */
const targets = { ...blanks, tiff: await tell({ ...silent, format: 'tiff' }) } as const;

/** A picture's file that was given what another's said. */
async function copy(from: Bytes, format: SavedFormat, wish: Partial<MetadataWish> = {}) {
  const { metadata } = await readMetadata(from, sniff(from));
  const job = { format, picture, metadata, wish: { ...all, ...wish }, profile: null, now };
  return tell(job);
}

/** What an independent reader makes of a file. */
function tagsOf(file: Bytes) {
  return ExifReader.load(file.buffer, { expanded: true, async: false });
}

const textOf = (bytes: Bytes) => Buffer.from(bytes).toString('latin1');

describe.each(pairs)('from %s to %s', (from, to) => {
  test('camera, exposure, place and maker note are there, byte by byte', async () => {
    const copied = await copy(sources[from](), to);
    const { exif, gps, xmp } = tagsOf(copied);
    expect(exif).toMatchObject({
      ...{ Make: { value: ['Acme'] }, ExposureTime: { value: [1, 250] } },
      ...{ LensModel: { value: ['Lens 50'] }, BodySerialNumber: { value: ['SERIAL-1234'] } },
    });
    expect(gps!.Latitude).toBeCloseTo(52.52, 2);
    expect(textOf(copied)).toContain('SERIAL-IN-NOTE');
    expect(xmp).toMatchObject({ Rating: { value: '4' }, title: { description: 'Straße' } });
    expect(xmp!['Headline']!.description).toBe('A quiet street & a cat');
  });

  test('the picture is upright, of its size, and has no thumbnail', async () => {
    const copied = await copy(sources[from](), to);
    const { exif, xmp } = tagsOf(copied);
    expect(exif).toMatchObject({
      ...{ Orientation: { value: 1 } },
      ...{ PixelXDimension: { value: 2560 }, PixelYDimension: { value: 1920 } },
    });
    expect(xmp).toMatchObject({ Orientation: { value: '1' }, PixelXDimension: { value: '2560' } });
    expect(textOf(copied)).not.toContain('THUMBNAIL');
    expect(sniff(copied)).toEqual(
      expect.objectContaining({ orientation: 1, truncated: false, animated: false }),
    );
  });

  test('place, owner and serial numbers can be left out, to the last byte', async () => {
    const copied = await copy(sources[from](), to, { isAnonymous: true });
    const { exif, gps, xmp } = tagsOf(copied);
    expect(gps).toBeUndefined();
    expect(exif).toMatchObject({ Make: { value: ['Acme'] }, LensModel: { value: ['Lens 50'] } });
    expect(
      Object.keys({ ...exif, ...xmp }).filter((name) => /GPS|Serial|Maker|Owner/.test(name)),
    ).toEqual([]);
    for (const word of ['SERIAL', '52,31', 'Berlin']) expect(textOf(copied)).not.toContain(word);
    expect(textOf(copied)).toContain('Darkroom 1');
  });

  test('the file says that a program enhanced it, after what others did', async () => {
    const copied = await copy(sources[from](), to, { mark: true });
    const { xmp } = tagsOf(copied);
    expect(xmp!['DigitalSourceType']!.value).toMatch(/algorithmicallyEnhanced$/);
    const text = textOf(copied);
    expect(text.indexOf('Darkroom 1')).toBeLessThan(text.indexOf('softwareAgent="Enlarger"'));
    expect(text).toContain(now);
  });

  test('or it says nothing at all', async () => {
    const copied = await copy(sources[from](), to, { keep: false, mark: true });
    expect(copied).toEqual(targets[to]);
  });
});

test('a photo that said nothing is marked, and else left alone', async () => {
  for (const to of kinds) {
    const plain = targets[to];
    expect(await copy(plain, to)).toEqual(plain);
    const { xmp } = tagsOf(await copy(plain, to, { mark: true }));
    expect(xmp!['DigitalSourceType']!.value).toMatch(/algorithmicallyEnhanced$/);
  }
});

test("a phone's HEIC gives its EXIF to a JPEG, upright: its own turn is in the pixels already", async () => {
  const { exif } = tagsOf(await copy(readFixture('turned.heic'), 'jpeg'));
  expect(exif).toMatchObject({ Make: { value: ['Acme'] }, Orientation: { value: 1 } });
});

test('a JPEG XL gives what is in its boxes to a JPEG; what is packed there is told to be of no use', async () => {
  const told = readFixture('told.jxl');
  const { exif, xmp } = tagsOf(await copy(told, 'jpeg', { mark: true }));
  expect(exif).toMatchObject({ Make: { value: ['Acme'] }, Orientation: { value: 1 } });
  expect(xmp).toMatchObject({ Rating: { value: '4' } });
  const at = Buffer.from(told).indexOf('Exif') - 4;
  const box = told.slice(at, at + 56);
  const packed = Uint8Array.of(0, 0, 0, 24, ...Buffer.from('brobExif'), ...box.subarray(12, 24));
  const file = Uint8Array.from([...told.subarray(0, at), ...packed]);
  expect((await readMetadata(file, sniff(file))).notes).toEqual([
    { note: 'metadata-broken', facts: { parts: ['EXIF'] } },
  ]);
});

test('IPTC goes between JPEG and PNG, with or without the place', async () => {
  const through = await copy(await copy(tellJpeg(), 'png'), 'jpeg');
  expect(tagsOf(through).iptc).toMatchObject({
    ...{ Headline: { description: 'Headline' }, City: { description: 'Berlin' } },
  });
  const anonymous = tagsOf(await copy(tellJpeg(), 'jpeg', { isAnonymous: true })).iptc!;
  expect(anonymous).toMatchObject({ Headline: { description: 'Headline' } });
  expect(anonymous['City']).toBeUndefined();
});

test('and between them and TIFF', async () => {
  const tiff = await copy(tellJpeg(), 'tiff');
  const through = tagsOf(await copy(tiff, 'jpeg')).iptc!;
  expect(through).toMatchObject({ Headline: { description: 'Headline' } });
  expect(through).toMatchObject({ City: { description: 'Berlin' } });
  const there = tagsOf(await copy(tellTiff(), 'png', { isAnonymous: true }));
  expect(there.iptc ?? {}).not.toHaveProperty('City');
});

test('an EXIF block comes back out of a TIFF with every value where it was', async () => {
  const exif = drawExif({ isLittle: false });
  const { metadata } = await readMetadata(tellJpeg(exif), sniff(tellJpeg(exif)));
  const job = { format: 'tiff', picture, metadata, wish: all, profile: null, now } as const;
  const tiff = await tell(job, false);
  const back = (await readMetadata(tiff, sniff(tiff))).metadata.exif!;
  const note = textOf(exif).indexOf('SERIAL-IN-NOTE');
  expect(textOf(back).indexOf('SERIAL-IN-NOTE')).toBe(note);
  expect(tagsOf(await copy(tiff, 'jpeg')).exif).toMatchObject({ Make: { value: ['Acme'] } });
  // A file has one byte order.
  const other = await tell(job, true);
  expect(tagsOf(other).exif).not.toHaveProperty('Make');
});

test('of a TIFF whose words lie behind a long picture, a short block is made', async () => {
  const [head, words] = [tellTiff(), new Uint8Array(200_000)];
  const view = new DataView(head.buffer);
  // The same file with a gap after its first eight bytes, and all places moved by it.
  const file = joinBytes([head.subarray(0, 8), words, head.subarray(8)]);
  movePlaces(file, view.getUint32(4, true) + words.length, words.length);
  const { exif } = (await readMetadata(file, sniff(file))).metadata;
  expect(exif!.length).toBeLessThan(2_000);
  const { exif: copied, gps } = tagsOf(await copy(file, 'jpeg'));
  expect(copied).toMatchObject({ LensModel: { value: ['Lens 50'] } });
  expect(gps!.Latitude).toBeCloseTo(52.52, 2);
});

/** Moves what a little-endian directory, and those that it points to, tell of places. */
function movePlaces(file: Bytes, directory: number, by: number): void {
  const view = new DataView(file.buffer);
  if (directory === view.getUint32(4, true) + by) view.setUint32(4, directory, true);
  const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8];
  for (let i = 0, at = directory + 2; i < view.getUint16(directory, true); i++, at += 12) {
    const [tag, kind] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const bytes = sizes[kind]! * view.getUint32(at + 4, true);
    const isPointer = [0x8769, 0x8825, 0xa005, 0x0111].includes(tag);
    if (bytes <= 4 && !isPointer) continue;
    const place = view.getUint32(at + 8, true) + by;
    view.setUint32(at + 8, place, true);
    if (isPointer && tag !== 0x0111) movePlaces(file, place, by);
  }
}

test("a PNG's texts stay in a PNG, and become a title and a description elsewhere", async () => {
  const png = textOf(await copy(tellPng(), 'png'));
  for (const text of ['Title\0A title', 'parameters\0a cat, 20 steps', 'Notes\0packed'])
    expect(png).toContain(text);
  const jpeg = tagsOf(await copy(tellPng(), 'jpeg'));
  expect(jpeg.xmp!['description']!.description).toBe('parameters: a cat, 20 steps\nNotes: packed');
});

test.each([72, 96, 150, 240, 600])('a TIFF tells %d to the inch as the photo did', async (dpi) => {
  const perMetre = Math.round(dpi / 0.0254);
  const density = { x: perMetre, y: perMetre };
  for (const format of ['png', 'jpeg', 'tiff'] as const) {
    const told = await tell({ ...silent, metadata: { ...noMetadata, density }, format });
    expect(tagsOf(await copy(told, 'tiff')).exif).toMatchObject({
      XResolution: { value: [dpi * 100, 100] },
      YResolution: { value: [dpi * 100, 100] },
    });
  }
});

test('the resolution goes between JPEG, TIFF and PNG', async () => {
  const tiff = await copy(tellPng(), 'tiff');
  expect(tagsOf(tiff).exif).toMatchObject({ XResolution: { description: '300' } });
  const jpeg = await copy(tiff, 'jpeg');
  expect(tagsOf(await copy(jpeg, 'png')).png).toMatchObject({
    'Pixels Per Unit X': { value: 11811 },
  });
});

/** A BMP of one pixel that tells so many to the metre. */
function drawBmp(x: number, y: number): Bytes {
  const bytes = new Uint8Array(58);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d);
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, 1],
    [22, 1],
    [38, x],
    [42, y],
  ] as const)
    view.setInt32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}

test.each(kinds)(
  'the resolution of a BMP and a PNG without EXIF goes into a %s',
  async (format) => {
    for (const [x, y, across, down] of [
      [11811, 11811, 300, 300],
      [2835, 2835, 72, 72],
      // A fax's.
      [8031, 3858, 204, 98],
    ] as const) {
      const bmp = drawBmp(x, y);
      const png = await tell({
        ...silent,
        metadata: { ...noMetadata, density: { x, y } },
        format: 'png',
      });
      for (const source of [bmp, png]) {
        const { exif, jfif, png: chunks } = tagsOf(await copy(source, format));
        if (format === 'png') expect(chunks!['Pixels Per Unit Y']!.value).toBe(y);
        else if (format === 'jpeg') expect(jfif!['YResolution']!.value).toBe(down);
        else {
          expect(Number(exif!.XResolution!.description)).toBeCloseTo(across, 1);
          expect(Number(exif!.YResolution!.description)).toBeCloseTo(down, 1);
        }
      }
    }
    for (const nothing of [drawBmp(0, 0), drawBmp(-1, 2835)])
      expect((await readMetadata(nothing, sniff(nothing))).metadata.density).toBeNull();
  },
);

test('colours that were converted are named sRGB, and others left alone', async () => {
  const photo = tellJpeg();
  const { metadata } = await readMetadata(photo, { ...sniff(photo), coloured: true });
  const job = { format: 'jpeg', picture, metadata, wish: all, profile: null, now } as const;
  const { exif } = tagsOf(await tell(job));
  expect(exif!.ColorSpace!.value).toBe(1);
  expect(exif!['InteroperabilityIndex']!.description).toBe('R98');
  expect(tagsOf(await copy(photo, 'jpeg')).exif!.ColorSpace!.value).toBe(65535);
});

test.each(pairs)('a profile goes from %s to %s, byte by byte, also alone', async (from, to) => {
  // Longer than a JPEG's segment.
  const profile = makeProfile('p3', 100_000);
  const write = (format: SavedFormat, keep: boolean) =>
    tell({ ...silent, format, wish: { ...all, keep }, profile });
  const source = await write(from, true);
  const { metadata, notes } = await readMetadata(source, sniff(source));
  expect(metadata.profile).toEqual(profile);
  expect(metadata.isConverted).toBe(false);
  expect(notes).toEqual([]);
  for (const keep of [true, false]) {
    const copied = await write(to, keep);
    const { icc } = await ExifReader.load(copied.buffer, { expanded: true, async: true });
    // Of an AVIF it looks at the first property of colours, which is a code.
    if (to !== 'avif') expect(icc).toMatchObject({ 'ICC Description': { value: 'Test p3' } });
    const read = await readMetadata(copied, sniff(copied));
    expect(read.metadata.profile).toEqual(profile);
  }
});

test.each(kinds)('a profile in a %s that is none is told of, and not kept', async (format) => {
  const profile = new Uint8Array(400).fill(7);
  const job = { format, picture, metadata: noMetadata, wish: all, profile, now };
  const told = await tell(job);
  const { metadata, notes } = await readMetadata(told, sniff(told));
  expect(metadata.profile).toBeNull();
  expect(notes).toEqual([{ note: 'metadata-broken', facts: { parts: ['ICC'] } }]);
});

test.each(pairs)(
  'a density that is asked for goes from %s to %s, whatever the photo says',
  async (from, to) => {
    const source = sources[from]();
    const { metadata } = await readMetadata(source, sniff(source));
    for (const [read, keep] of [
      [metadata, true],
      [metadata, false],
      [noMetadata, true],
    ] as const) {
      const job = { picture, metadata: read, wish: { ...all, keep }, profile: null, now, dpi: 240 };
      const { exif, jfif, png } = tagsOf(await tell({ ...job, format: to }));
      if (to === 'jpeg') expect(jfif!['XResolution']!.value).toBe(240);
      if (to === 'png') expect(png!['Pixels Per Unit X']!.value).toBe(9449);
      if (to === 'webp' || to === 'tiff' || exif?.XResolution)
        expect(exif).toMatchObject({
          XResolution: { description: '240' },
          YResolution: { description: '240' },
          ResolutionUnit: { value: 2 },
        });
    }
  },
);

test('either byte order, and a maker note longer than a segment in a file that can hold it', async () => {
  const exif = drawExif({ isLittle: false, makerNote: 70_000 });
  const copied = await copy(tellWebp(exif), 'png');
  expect(tagsOf(copied).exif).toMatchObject({
    Orientation: { value: 1 },
    Make: { value: ['Acme'] },
  });
  expect(tagsOf(await copy(tellWebp(exif), 'jpeg')).exif).toBeUndefined();
});

describe('what is broken', () => {
  test('is told, and the rest is kept', async () => {
    const broken = tellJpeg(new Uint8Array(20).fill(7));
    const { metadata, notes } = await readMetadata(broken, sniff(broken));
    expect(notes).toEqual([{ note: 'metadata-broken', facts: { parts: ['EXIF'] } }]);
    expect(metadata).toMatchObject({ exif: null, xmp: expect.any(String) as string });
  });

  test.each(['<x:xmpmeta><rdf:RDF>', 'nothing', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])(
    'XMP as %s',
    async (text) => {
      const file = Buffer.from(tellWebp());
      const at = file.indexOf('XMP ') + 8;
      const body = Buffer.from(text.padEnd(file.length - at, ' '));
      const broken = Uint8Array.from([...file.subarray(0, at), ...body]);
      const { metadata, notes } = await readMetadata(broken, sniff(broken));
      expect(notes).toEqual([{ note: 'metadata-broken', facts: { parts: ['XMP'] } }]);
      expect(metadata.xmp).toBeNull();
    },
  );

  test('never stops a photo, whichever bytes are wrong', async () => {
    const mutation = fc.record({
      kind: fc.constantFrom(...kinds),
      hits: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 12,
      }),
      cut: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    const drawn = {
      jpeg: tellJpeg(),
      png: tellPng(),
      webp: tellWebp(),
      tiff: tellTiff(),
      avif: tellAvif(),
    };
    await fc.assert(
      fc.asyncProperty(mutation, async ({ kind, hits, cut }) => {
        const file = drawn[kind].slice(0, Math.ceil(drawn[kind].length * cut));
        // What is behind 40 bytes: the header of the picture itself is others' to check.
        for (const [share, value] of hits)
          file[40 + Math.floor(share * (file.length - 41))] = value;
        const header = { ...sniff(drawn[kind]) };
        const { metadata } = await readMetadata(file, header);
        for (const format of kinds) {
          const job = {
            format,
            picture,
            metadata,
            wish: { ...all, isAnonymous: true, mark: true },
            profile: null,
            now,
          };
          await tell(job);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('an Ultra HDR photo is told that its gain map stays behind', async () => {
  const file = Buffer.from(tellWebp()).toString('latin1');
  const hdr = file.replace(
    'xmp:Rating="4"',
    'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"',
  );
  const grown = hdr.length - file.length;
  const bytes = Uint8Array.from(Buffer.from(hdr, 'latin1'));
  const view = new DataView(bytes.buffer);
  const chunk = hdr.indexOf('XMP ') + 4;
  view.setUint32(chunk, view.getUint32(chunk, true) + grown, true);
  view.setUint32(4, bytes.length - 8, true);
  const { notes } = await readMetadata(bytes, sniff(bytes));
  expect(notes).toEqual([{ note: 'gain-map-dropped', facts: {} }]);
  expect(textOf(await copy(bytes, 'webp'))).not.toContain('hdrgm:Version');
});

const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;

/** What changes by intent, what is about the file, and what is worked out from both. */
const changed =
  /^(SourceFile|File|QuickTime|Composite|ExifTool|JFIF|RIFF|PNG|XMP:(Orientation|PixelXDimension|ExifImageWidth|XMPToolkit)|EXIF:(Orientation|ExifImageWidth|ExifImageHeight|Thumbnail\w*|Compression)|EXIF:(ImageWidth|ImageHeight|BitsPerSample|PhotometricInterpretation|Strip\w+|SamplesPerPixel|RowsPerStrip|PlanarConfiguration|Predictor)$|IPTC|Photoshop)/;

test.skipIf(!hasExiftool).each(pairs)(
  'exiftool reads the same tags before and after, from %s to %s',
  async (from, to) => {
    const folder = mkdtempSync(join(tmpdir(), 'metadata-'));
    const read = (name: string, bytes: Bytes) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const listed = execFileSync('exiftool', ['-j', '-G', '-a', '-u', path]).toString();
      const [tags] = JSON.parse(listed) as [Record<string, unknown>];
      expect(tags).not.toHaveProperty('ExifTool:Warning');
      return Object.fromEntries(Object.entries(tags).filter(([name]) => !changed.test(name)));
    };
    try {
      const photo = sources[from]();
      const before = read(`before.${from}`, photo);
      expect(Object.keys(before).length).toBeGreaterThan(20);
      const after = read(`after.${to}`, await copy(photo, to));
      // Texts of chunks and comments are a description where there are none.
      if (!('XMP:Description' in before)) delete after['XMP:Description'];
      expect(after).toEqual(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
