import { matchText } from '../header';
import { joinBytes, readLatin1 } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { chunk, signature } from './chunk';
import { FilterWatch, readPasses } from './layout';
import { reflate } from './zlib';

/** Chunks that a decoder must know; a broken one of another kind is left out. */
const critical: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT']);

/** Bytes of a chunk before its body and behind it. */
const [head, tail] = [8, 4];

/**
 * Makes a whole PNG of one that is cut off or damaged: what of its pixels unpacks to rows, and zeros for the rest, with an
 * end and with checksums that are right. Zeros are transparent, or black.
 *
 * @param bytes A file that begins with the PNG signature.
 * @returns A new file; null where nothing of its pixels unpacks.
 */
export async function mendPng(bytes: Bytes): Promise<Bytes | null> {
  const found = [...listChunks(bytes)];
  const first = found[0];
  if (first?.type !== 'IHDR' || first.body.length < 13) return null;
  const passes = readPasses(first.body);
  const packed = joinBytes(found.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
  if (!passes) return null;
  const expected = passes.reduce((sum, { rowBytes, rows }) => sum + rowBytes * rows, 0);
  if (isClaim(expected, packed.length)) return null;
  const watch = new FilterWatch(passes);
  const pixels = await reflate(packed, expected, (part) => watch.count(part));
  if (!pixels) return null;
  const before = found.filter(
    ({ type, isWhole }) => type !== 'IDAT' && (isWhole || critical.has(type)),
  );
  return joinBytes([
    signature,
    ...before.map(({ type, body }) => chunk(type, body)),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The most that a byte unfolds to. */
const mostRatio = 1032;

/** Whether a header asks for far more than what is there can be a part of, or for more than there may be. */
function isClaim(expected: number, packed: number): boolean {
  return expected > 2 ** 31 || (expected > 2 ** 28 && packed * mostRatio * 100 < expected);
}

type Chunk = { readonly type: string; readonly body: Bytes; readonly isWhole: boolean };

/** Chunks one after the other; where one is not where its forerunner says, the next pixels are looked for. */
function* listChunks(bytes: Bytes): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + head < bytes.length;) {
    const type = readLatin1(bytes.subarray(at + 4, at + head));
    if (type === 'IEND') return;
    if (!/^[A-Za-z]{4}$/.test(type)) {
      at = findPixels(bytes, at + 1);
      continue;
    }
    const body = at + head;
    const end = body + view.getUint32(at);
    yield { type, body: bytes.subarray(body, end), isWhole: end + tail <= bytes.length };
    at = end + tail;
  }
}

/** Where the next chunk of pixels begins; the end of the file where there is none. */
function findPixels(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0x49, from + 4); at >= 0; at = bytes.indexOf(0x49, at + 1))
    if (matchText(bytes, at, 'IDAT')) return at - 4;
  return bytes.length;
}
