import { bytesOf, cut, cutAt, join, patch, text, type Bytes } from './byte-tools';
import type { OddFile, ReadFixture } from './odd-files';

/** The bits of a codestream's header, the lowest of each byte first. */
function packBits(...fields: readonly (readonly [value: number, count: number])[]): Bytes {
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, i) => Math.floor(value / 2 ** i) & 1),
  );
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (i & 7)));
  return bytes;
}

/** A codestream of so many pixels a side that has nothing but that. */
const claim = (side: number) =>
  join(bytesOf(0xff, 0x0a), packBits([0, 1], [3, 2], [side - 1, 30], [1, 3], [1, 1]));

/**
 * JPEG XLs that nothing may fall over.
 *
 * @param read Gives a fixture.
 * @returns Files.
 */
export async function oddJxls(read: ReadFixture): Promise<OddFile[]> {
  const [plain, told, waves] = await Promise.all(['plain.jxl', 'told.jxl', 'cut.jxl'].map(read));
  const codestream = 40;
  const box = (kind: string, ...parts: Bytes[]) => {
    const body = join(text(kind), ...parts);
    return join(bytesOf(0, 0, 0, body.length + 4), body);
  };
  const inParts = join(
    cut(told!, 32),
    box('jxlp', bytesOf(0, 0, 0, 0), plain!.slice(0, 20)),
    box('jxlp', bytesOf(128, 0, 0, 1), plain!.slice(20)),
  );
  const files: [string, Bytes, OddFile['fates']][] = [
    ['in parts', inParts, ['whole']],
    ['cut in its pixels', cutAt(plain!, 0.8), ['part']],
    ['without boxes, cut in its pixels', waves!.slice(codestream), ['part']],
    ['without boxes, cut before its pixels', cutAt(plain!, 0.3), ['refused']],
    ['cut in its boxes', cutAt(told!, 0.5), ['part']],
    ['that says it has 900 megapixels', claim(30_000), ['refused']],
    ['that says it has 64 megapixels, and no more', claim(8000), ['refused']],
    ['whose codestream is none', patch(told!, codestream, [0, 0]), ['refused']],
    ['whose box says it is 4 GB', patch(told!, 32, [255, 255, 255, 255]), ['whole', 'refused']],
    ['with boxes of length 0', patch(told!, 12, [0, 0, 0, 0]), ['refused']],
    ['without a codestream', join(cut(told!, 32), box('Exif', bytesOf(0, 0, 0, 0))), ['refused']],
    [
      'whose EXIF begins past its end',
      patch(told!, String.fromCharCode(...told!).indexOf('Exif') + 4, [127]),
      ['whole'],
    ],
  ];
  return files.map(([name, bytes, fates]) => ({ name: `JPEG XL ${name}`, bytes, fates }));
}
