import { bytesOf, cut, cutAt, join, little, patch, text, wide, type Bytes } from './byte-tools';
import { jpegSegments, oddExif, withSegment } from './odd-jpegs';
import { oddJxls } from './odd-jxls';
import { oddTiffs } from './odd-tiffs';
import { chunkBounds, makePng, pngChunk, withChunk, zlibOf } from './odd-pngs';

/** What becomes of a file. `whole`: as it is; `part`: with the note that it is cut off. */
export type Fate = 'whole' | 'part' | 'refused';

/** A broken or odd file, and what may become of it, in any browser. */
export type OddFile = { readonly name: string; readonly bytes: Bytes; readonly fates: Fate[] };

/** Where the fixtures of `tests/fixtures/formats` come from. */
export type ReadFixture = (name: string) => Promise<Bytes>;

const opens: Fate[] = ['whole'];
const refused: Fate[] = ['refused'];
/** Something is there, and all of it may not be. */
const shown: Fate[] = ['whole', 'part'];
/** Browsers differ, and none of it is wrong. */
const everyFate: Fate[] = ['whole', 'part', 'refused'];

/**
 * Makes the broken and odd files that nothing may fall over.
 *
 * @param read Gives a fixture.
 * @returns More than sixty files.
 */
export async function makeOddFiles(read: ReadFixture): Promise<OddFile[]> {
  const parts = await Promise.all([
    oddPngs(read),
    oddHeaders(),
    oddJpegs(read),
    oddWebps(read),
    oddGifs(read),
    oddBmps(read),
    oddHeifs(read),
    oddTiffs(read),
    oddJxls(read),
  ]);
  return parts.flat();
}

async function oddPngs(read: ReadFixture): Promise<OddFile[]> {
  const rgb = await read('rgb.png');
  const interlaced = await read('interlaced.png');
  const at = (type: string) => chunkBounds(rgb).find((each) => each.type === type)!;
  const idat = at('IDAT');
  const files: OddFile[] = chunkBounds(rgb).map(({ type, start }, i) => ({
    name: `PNG cut before chunk ${i}, ${type}`,
    bytes: cut(rgb, start),
    fates: start > idat.start ? ['part'] : refused,
  }));
  const add = (name: string, bytes: Bytes, fates: Fate[]) =>
    files.push({ name: `PNG ${name}`, bytes, fates });
  add('without IEND', cut(rgb, rgb.length - 12), ['part']);
  add('cut in the middle of its pixels', cut(rgb, (idat.start + idat.end) >> 1), ['part']);
  add('interlaced, cut in the middle', cutAt(interlaced, 0.6), ['part']);
  add('whose pixels turn to noise at row 20', await makePng([1, 40], 8, 0, noiseFrom(20)), [
    'part',
  ]);
  add('with a wrong checksum of IHDR', patch(rgb, 29, [1, 2, 3, 4]), shown);
  add('with a wrong checksum of IDAT', patch(rgb, idat.end - 4, [1, 2, 3, 4]), shown);
  add('with a wrong checksum of its zlib stream', patch(rgb, idat.end - 8, [1, 2, 3, 4]), shown);
  add('whose IDAT says it is 2 GB', patch(rgb, idat.start, [0x7f, 0xff, 0xff, 0xff]), shown);
  add('whose pixels are garbage', await brokenPixels(), refused);
  add('without pixels', join(rgb.subarray(0, idat.start), rgb.subarray(idat.end)), refused);
  add('with two headers', withChunk(rgb, rgb.slice(8, 33)), everyFate);
  add('whose pixels unfold to 64 MB', await makePng([1, 1], 8, 2, new Uint8Array(2 ** 26)), shown);
  const bomb = await zlibOf(new Uint8Array(2 ** 26));
  add('whose text unfolds to 64 MB', withChunk(rgb, pngChunk('zTXt', text('a\0\0'), bomb)), opens);
  add(
    'whose profile unfolds to 64 MB',
    withChunk(rgb, pngChunk('iCCP', text('a\0\0'), bomb)),
    opens,
  );
  add('with a profile of garbage', withChunk(rgb, pngChunk('iCCP', text('a\0\0junk'))), opens);
  add(
    'with 2 MB of text',
    withChunk(rgb, pngChunk('tEXt', text('a\0'), new Uint8Array(2e6).fill(65))),
    opens,
  );
  for (const [name, exif] of oddExif())
    add(`with EXIF ${name}`, withChunk(rgb, pngChunk('eXIf', exif)), opens);
  add('with a broken tRNS', withChunk(rgb, pngChunk('tRNS', text('abc'))), shown);
  add('with a palette of 257', withChunk(rgb, pngChunk('PLTE', new Uint8Array(771))), everyFate);
  for (const [depth, colour] of [
    [1, 0],
    [2, 0],
    [4, 0],
    [16, 0],
    [16, 4],
  ] as const)
    add(
      `of colour type ${colour} in ${depth} bits`,
      await makePng(
        [9, 5],
        depth,
        colour,
        new Uint8Array(5 * (1 + 9 * 4)).subarray(0, rowsOf(depth, colour)),
      ),
      opens,
    );
  add('of a palette that is missing', await makePng([8, 1], 8, 3, new Uint8Array(9)), everyFate);
  add('65535 wide', await makePng([65535, 1], 8, 0, new Uint8Array(65536)), opens);
  add('65535 high', await makePng([1, 65535], 8, 0, new Uint8Array(65535 * 2)), opens);
  add('with gray and alpha', await read('gray-alpha.png'), opens);
  add('interlaced', interlaced, opens);
  return files;

  /** Rows of a gray pixel, behind one byte each for a filter that exists as far as that row. */
  function noiseFrom(row: number): Bytes {
    return new Uint8Array(80).map((_, i) => (i % 2 === 1 ? 120 : i < 2 * row ? 0 : 77));
  }

  function rowsOf(depth: number, colour: number): number {
    return 5 * (1 + Math.ceil((9 * depth * (colour === 4 ? 2 : 1)) / 8));
  }

  async function brokenPixels(): Promise<Bytes> {
    return join(
      rgb.subarray(0, idat.start),
      pngChunk('IDAT', new Uint8Array(99).fill(0xff)),
      pngChunk('IEND'),
    );
  }
}

/** Headers that ask for more than there is. */
async function oddHeaders(): Promise<OddFile[]> {
  const huge = await makePng([30000, 30000], 8, 2, new Uint8Array(1));
  const odd = (name: string, at: number, value: number) =>
    makePng([8, 8], 8, 2, new Uint8Array(8 * 25)).then((bytes) => ({
      name: `PNG of ${name}`,
      bytes: patch(bytes, at, [value]),
      fates: everyFate,
    }));
  return [
    { name: 'PNG that says it has 900 megapixels', bytes: huge, fates: refused },
    await odd('unknown compression', 26, 1),
    await odd('unknown filters', 27, 1),
    await odd('unknown interlacing', 28, 2),
    await odd('12 bits', 24, 12),
    await odd('unknown colours', 25, 5),
    { name: 'an empty file', bytes: bytesOf(), fates: refused },
    { name: 'a start of a JPEG XL', bytes: text('\xff\x0a\xfa\x1f\x90'), fates: refused },
  ];
}

async function oddJpegs(read: ReadFixture): Promise<OddFile[]> {
  const [gray, progressive, turned] = await Promise.all(
    ['gray.jpg', 'progressive.jpg', 'orientation-6.jpg'].map(read),
  );
  const segments = jpegSegments(gray!);
  const scan = segments.find(({ marker }) => marker === 0xda)!;
  const frame = segments.find(({ marker }) => marker === 0xc0)!;
  const files: OddFile[] = [gray!, progressive!, turned!].flatMap((file, i) =>
    jpegSegments(file).map(({ marker, start }) => ({
      name: `JPEG ${i} cut before its segment ${marker.toString(16)} at ${start}`,
      bytes: cut(file, start),
      fates: everyFate,
    })),
  );
  const add = (name: string, bytes: Bytes, fates: Fate[]) =>
    files.push({ name: `JPEG ${name}`, bytes, fates });
  add('without its end', cut(gray!, gray!.length - 2), ['part']);
  add(
    'with junk between two segments',
    join(cut(gray!, 20), bytesOf(0, 0), gray!.subarray(20)),
    opens,
  );
  add('whose pixels are not there', cut(gray!, scan.end), everyFate);
  add(
    'that says it has 4,294 megapixels',
    patch(gray!, frame.start + 5, [255, 255, 255, 255]),
    refused,
  );
  add('65535 wide and 1 high', patch(gray!, frame.start + 5, wide(1, 65535)), everyFate);
  add('of height 0', patch(gray!, frame.start + 5, [0, 0]), everyFate);
  add('of 12 bits', patch(gray!, frame.start + 4, [12]), refused);
  add('without loss', patch(gray!, frame.start + 1, [0xc3]), refused);
  add('that says it is arithmetic', patch(gray!, frame.start + 1, [0xc9]), everyFate);
  add('whose segment has length 0', withSegment(gray!, bytesOf(0xff, 0xe5, 0, 0)), everyFate);
  add('with 64 KB of padding', withSegment(gray!, new Uint8Array(65536).fill(0xff)), opens);
  for (const [name, exif] of oddExif())
    add(`with EXIF ${name}`, withSegment(gray!, segmentOf(0xe1, text('Exif\0\0'), exif)), opens);
  for (const [name, xmp] of [
    ['that is no XML', '<a><b>'],
    ['of entities that unfold', bombXml()],
    ['nested 20,000 deep', '<a>'.repeat(20000)],
  ] as const)
    add(
      `with XMP ${name}`,
      withSegment(gray!, segmentOf(0xe1, text('http://ns.adobe.com/xap/1.0/\0'), text(xmp))),
      opens,
    );
  add(
    'with a profile of garbage',
    withSegment(gray!, segmentOf(0xe2, text('ICC_PROFILE\0\x01\x01junk'))),
    opens,
  );
  add(
    'with the second half of a profile',
    withSegment(gray!, segmentOf(0xe2, text('ICC_PROFILE\0\x02\x02junk'))),
    opens,
  );
  add(
    'with broken image resources',
    withSegment(gray!, segmentOf(0xed, text('Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff'))),
    opens,
  );
  add(
    'of two pictures',
    join(withSegment(gray!, segmentOf(0xe2, text('MPF\0MM\0*'))), gray!),
    opens,
  );
  add(
    'with a film behind it',
    join(gray!, text('\0\0\0\x18ftypmp42'), new Uint8Array(4000)),
    opens,
  );
  add('with CMYK', await read('cmyk.jpg'), opens);
  return files;
}

function segmentOf(marker: number, ...parts: Bytes[]): Bytes {
  const body = join(...parts);
  return join(bytesOf(0xff, marker, ...wide(body.length + 2)), body);
}

/** A billion laughs. */
function bombXml(): string {
  const levels = Array.from({ length: 9 }, (_, i) => {
    return `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`;
  });
  return `<!DOCTYPE x [<!ENTITY l0 "lol">${levels.join('')}]><x>&l9;</x>`;
}

async function oddWebps(read: ReadFixture): Promise<OddFile[]> {
  const [lossy, lossless, alpha, animated] = await Promise.all(
    ['lossy.webp', 'lossless.webp', 'alpha-lossy.webp', 'animated.webp'].map(read),
  );
  const vp8x = join(bytesOf(0x04), new Uint8Array(9));
  const chunkOf = (type: string, body: Bytes) =>
    join(text(type), little(body.length), body, new Uint8Array(body.length & 1));
  const extend = (...more: Bytes[]) => {
    const head = chunkOf('VP8X', patch(vp8x, 4, [47, 0, 0, 31, 0, 0]));
    const body = join(text('WEBP'), head, ...more, lossy!.subarray(12));
    return join(text('RIFF'), little(body.length), body);
  };
  const files: [string, Bytes, Fate[]][] = [
    ['lossy, cut', cutAt(lossy!, 0.9), everyFate],
    ['lossless, cut', cutAt(lossless!, 0.6), everyFate],
    ['lossy with alpha, cut', cutAt(alpha!, 0.9), everyFate],
    ['animated, cut in its second frame', cutAt(animated!, 0.9), shown],
    ['without its last byte', cut(lossy!, lossy!.length - 1), shown],
    ['that says it is shorter', patch(lossy!, 4, little(20)), everyFate],
    ['that says it is 2 GB', patch(lossy!, 4, [0xfe, 0xff, 0xff, 0x7f]), shown],
    ['with an unknown chunk', extend(chunkOf('junk', text('abc'))), opens],
    ['whose canvas is not its frame', patch(extend(), 24, [200, 1, 0]), everyFate],
    ['with a profile of garbage', patch(extend(chunkOf('ICCP', text('junk'))), 20, [0x20]), opens],
  ];
  for (const [name, exif] of oddExif())
    files.push([`with EXIF ${name}`, patch(extend(chunkOf('EXIF', exif)), 20, [8]), opens]);
  return files.map(([name, bytes, fates]) => ({ name: `WebP ${name}`, bytes, fates }));
}

async function oddGifs(read: ReadFixture): Promise<OddFile[]> {
  const still = await read('still.gif');
  const noise = Array.from({ length: 40 }, () => 255);
  const files: [string, Bytes, Fate[]][] = [
    ['cut in its pixels', cutAt(still, 0.95), shown],
    ['with noise at the end of its pixels', patch(still, still.length - 60, noise), shown],
    ['cut in its palette', cutAt(still, 0.4), refused],
    ['without its end', cut(still, still.length - 1), shown],
    ['of a screen of 0', patch(still, 6, [0, 0, 0, 0]), everyFate],
    ['65535 wide and 1 high', patch(still, 6, [255, 255, 1, 0]), everyFate],
    ['that says it has 4,294 megapixels', patch(still, 6, [255, 255, 255, 255]), refused],
    [
      'of comments without end',
      join(text('GIF89a\x01\0\x01\0\0\0\0!\xfe'), new Uint8Array(1e5).fill(1)),
      refused,
    ],
    ['of nothing but its head', cut(still, 13), refused],
  ];
  return files.map(([name, bytes, fates]) => ({ name: `GIF ${name}`, bytes, fates }));
}

async function oddBmps(read: ReadFixture): Promise<OddFile[]> {
  const plain = await read('plain.bmp');
  const files: [string, Bytes, Fate[]][] = [
    ['cut in its pixels', cutAt(plain, 0.5), ['part']],
    ['that says it is 4 GB', patch(plain, 2, [255, 255, 255, 255]), shown],
    ['with its rows downwards', patch(plain, 22, little(-32)), opens],
    ['of unknown compression', patch(plain, 30, [99]), everyFate],
    ['of 12 bits', patch(plain, 28, [12]), everyFate],
    ['whose pixels begin past its end', patch(plain, 10, little(0x7fffffff)), everyFate],
    [
      'that says it has 4,294 megapixels',
      patch(plain, 18, [...little(65535), ...little(65535)]),
      refused,
    ],
    ['whose height has no positive', patch(plain, 22, little(-(2 ** 31))), refused],
  ];
  return files.map(([name, bytes, fates]) => ({ name: `BMP ${name}`, bytes, fates }));
}

async function oddHeifs(read: ReadFixture): Promise<OddFile[]> {
  const [heic, avif] = await Promise.all(['plain.heic', 'plain.avif'].map(read));
  const at = (file: Bytes, type: string) => latin(file).indexOf(type) - 4;
  const both = (
    [
      ['HEIC', heic!],
      ['AVIF', avif!],
    ] as const
  ).flatMap(([kind, file]): [string, Bytes, Fate[]][] => [
    [`${kind} cut in its pixels`, cutAt(file, 0.9), everyFate],
    [`${kind} cut in its boxes`, cutAt(file, 0.4), refused],
    [`${kind} whose box has length 0`, patch(file, at(file, 'meta'), little(0)), everyFate],
    [
      `${kind} whose box says it is 4 GB`,
      patch(file, at(file, 'meta'), [255, 255, 255, 255]),
      everyFate,
    ],
    [
      `${kind} whose properties are without end`,
      patch(file, at(file, 'ipma') + 12, [255, 255, 255, 255]),
      everyFate,
    ],
    [
      `${kind} whose items lie past its end`,
      patch(file, at(file, 'iloc') + 24, [127, 255, 255, 255]),
      everyFate,
    ],
    [
      `${kind} that says it has 4,294 megapixels`,
      patch(file, at(file, 'ispe') + 12, [0, 0, 255, 255, 0, 0, 255, 255]),
      refused,
    ],
    [`${kind} of size 0`, patch(file, at(file, 'ispe') + 12, [0, 0, 0, 0]), everyFate],
  ]);
  return both.map(([name, bytes, fates]) => ({ name, bytes, fates }));
}

function latin(bytes: Bytes): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}
