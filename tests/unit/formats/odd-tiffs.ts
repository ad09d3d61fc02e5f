import { bytesOf, cut, join, little, patch, text, type Bytes } from './byte-tools';
import type { Fate, OddFile, ReadFixture } from './odd-files';
import { oddExif } from './odd-jpegs';
import { zlibOf } from './odd-pngs';

const opens: Fate[] = ['whole'];
const refused: Fate[] = ['refused'];
const part: Fate[] = ['part'];

/** Tags by what they say, and numbers of each: of 32 bits. */
type Fields = Readonly<Record<number, readonly number[]>>;

const tag = {
  ...{ width: 256, height: 257, bits: 258, packing: 259, colours: 262, offsets: 273 },
  ...{ orientation: 274, samples: 277, rows: 278, counts: 279, palette: 320 },
  ...{ tileWidth: 322, tileHeight: 323, tileOffsets: 324, tileCounts: 325, extra: 338 },
  ...{ format: 339, xmp: 700, exif: 34665, profile: 34675 },
} as const;

/** Where data that {@link makeTiff} is given begins. */
const dataStart = 8;

/** A TIFF of 8 x 8 gray pixels, of whose fields some are others; `data` follows the first eight bytes. */
function makeTiff(fields: Fields, data: Bytes = new Uint8Array(64).fill(99), next = 0): Bytes {
  const usual: Fields = {
    ...{ [tag.width]: [8], [tag.height]: [8], [tag.bits]: [8], [tag.packing]: [1] },
    ...{ [tag.colours]: [1], [tag.offsets]: [dataStart], [tag.samples]: [1] },
    ...{ [tag.rows]: [8], [tag.counts]: [data.length] },
  };
  const entries = Object.entries({ ...usual, ...fields })
    .filter(([, numbers]) => numbers.length > 0)
    .map(([name, numbers]) => [Number(name), numbers] as const);
  const start = dataStart + data.length + (data.length & 1);
  let free = start + 2 + entries.length * 12 + 4;
  const values: Bytes[] = [];
  const head = entries.flatMap(([name, numbers]) => {
    const place = numbers.length === 1 ? little(numbers[0]!) : little(free);
    if (numbers.length > 1) {
      values.push(...numbers.map(little));
      free += numbers.length * 4;
    }
    return [bytesOf(name, name >> 8, 4, 0), little(numbers.length), place];
  });
  return join(
    ...[text('II*\0'), little(start), data, new Uint8Array(data.length & 1)],
    ...[bytesOf(entries.length, entries.length >> 8), ...head, little(next), ...values],
  );
}

/** Where a field's four bytes of values are in a file of {@link makeTiff}'s. */
function placeOf(file: Bytes, name: number): number {
  const view = new DataView(file.buffer);
  const start = view.getUint32(4, true);
  for (let i = 0; ; i++) {
    const at = start + 2 + i * 12;
    if (view.getUint16(at, true) === name) return at + 8;
  }
}

/**
 * Makes broken and odd TIFFs.
 *
 * @param read Gives a fixture.
 * @returns The files.
 */
export async function oddTiffs(read: ReadFixture): Promise<OddFile[]> {
  const [rgb, lzw, told] = await Promise.all(['rgb.tif', 'lzw.tif', 'told.tif'].map(read));
  const bomb = await zlibOf(new Uint8Array(2 ** 26));
  const plain = makeTiff({});
  const strips = makeTiff({ 278: [4], 273: [8, 40], 279: [32, 32] });
  const circle = (file: Bytes) => patch(file, file.length - 4, little(dataStart + 64));
  const files: [string, Bytes, Fate[]][] = [
    ['cut in its pixels', await read('cut.tif'), part],
    ['of nothing but its head', cut(rgb!, 8), refused],
    ['cut in its directory', cut(rgb!, 60), refused],
    ['cut before its directory', cut(lzw!, 200), refused],
    ['without the last byte of its pixels', cut(rgb!, rgb!.length - 1), part],
    ['that says it has 4,294 megapixels', makeTiff({ 256: [65535], 257: [65535] }), refused],
    [
      'of few bytes that says it has 196 megapixels',
      makeTiff({ 256: [14000], 257: [14000], 278: [14000] }),
      refused,
    ],
    ['of size 0', makeTiff({ 256: [0] }), refused],
    ['whose only strip lies past its end', makeTiff({ 273: [2 ** 31] }), refused],
    [
      'of whose two strips one lies past its end',
      makeTiff({ 278: [4], 273: [8, 2 ** 31], 279: [32, 32] }),
      part,
    ],
    ['without the end of its list of strips', cut(strips, strips.length - 2), opens],
    ['of whose two strips one is not told of', makeTiff({ 278: [4] }), part],
    ['whose strip has no length', makeTiff({ 279: [] }), opens],
    ['whose strip has length 0', makeTiff({ 279: [0] }), refused],
    ['of strips of 0 rows', makeTiff({ 278: [0] }), refused],
    ['of strips of 4 G rows', makeTiff({ 278: [2 ** 32 - 1] }), opens],
    ['whose field has 4 G values', patch(plain, placeOf(plain, 273) - 4, little(-1)), refused],
    ['that says it has 65,535 fields', patch(plain, dataStart + 64, [255, 255]), opens],
    ['whose next directory is itself', circle(plain), opens],
    ['of 12 bits', makeTiff({ 258: [12] }), refused],
    ['of 4 bits', makeTiff({ 258: [4] }), opens],
    ['of unknown compression', makeTiff({ 259: [99] }), refused],
    ['of unknown colours', makeTiff({ 262: [77] }), refused],
    ['of floating point numbers', makeTiff({ 258: [16], 339: [3] }), refused],
    ['of 65,535 samples', makeTiff({ 277: [65535] }), refused],
    ['of a palette that is missing', makeTiff({ 262: [3] }), refused],
    ['of gray and alpha', makeTiff({ 257: [4], 277: [2], 258: [8, 8], 338: [2] }), opens],
    ['whose strip unfolds to 64 MB', makeTiff({ 259: [8] }, bomb), opens],
    ['whose strip is garbage for deflate', makeTiff({ 259: [8] }), refused],
    ['whose strip is garbage for LZW', makeTiff({ 259: [5] }), refused],
    ['whose strip is one run too long', makeTiff({ 259: [32773] }, bytesOf(129, 7)), opens],
    [
      'whose strip ends in the middle of a run',
      makeTiff({ 259: [32773] }, bytesOf(200, 7, 9)),
      part,
    ],
    [
      'of tiles that are 65,536 wide',
      makeTiff({ 257: [65535], 322: [2 ** 16], 323: [16], 324: [8], 325: [64] }),
      refused,
    ],
    ['of tiles of size 0', makeTiff({ 322: [0], 323: [16], 324: [8], 325: [64] }), refused],
    [
      '1 wide and 65,535 high',
      makeTiff({ 256: [1], 257: [65535], 278: [65535] }, new Uint8Array(65535)),
      opens,
    ],
    ['65,535 wide and 1 high', makeTiff({ 256: [65535], 257: [1] }, new Uint8Array(65535)), opens],
    ['of orientation 9', makeTiff({ 274: [9] }), opens],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((turn): [string, Bytes, Fate[]] => [
      `of orientation ${turn}`,
      makeTiff({ 274: [turn] }),
      opens,
    ]),
    ['whose EXIF is its first directory', makeTiff({ [tag.exif]: [dataStart + 64] }), opens],
    ['whose EXIF lies past its end', makeTiff({ [tag.exif]: [2 ** 31] }), opens],
    ['whose EXIF points to itself', loop(told!), opens],
    ['with a profile of garbage', makeTiff({ [tag.profile]: [1, 2, 3] }), opens],
    ['with XMP that is no XML', makeTiff({ [tag.xmp]: [1, 2, 3] }), opens],
    ['with the mark of a raw photo', makeTiff({ 0xc612: [1] }), refused],
    ['of which EXIF blocks are made', join(oddExif()[0]![1]), refused],
  ];
  return files.map(([name, bytes, fates]) => ({ name: `TIFF ${name}`, bytes, fates }));
}

/** Its details' pointer to interoperability leads to the details. */
function loop(file: Bytes): Bytes {
  const view = new DataView(file.buffer, file.byteOffset);
  const first = view.getUint32(4, true);
  const find = (at: number, name: number) => {
    for (let i = 0; i < view.getUint16(at, true); i++)
      if (view.getUint16(at + 2 + i * 12, true) === name) return at + 10 + i * 12;
    throw new Error('no such field');
  };
  const details = view.getUint32(find(first, tag.exif), true);
  return patch(file, find(details, 0xa005), little(details));
}
