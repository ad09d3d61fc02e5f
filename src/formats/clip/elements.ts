import { joinBytes } from '../metadata/bytes';

/** Names of elements of a Matroska file. Source: RFC 9559, 5.1. */
export const element = {
  ...{ segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab, seekAt: 0x53ac },
  ...{ info: 0x1549a966, tick: 0x2ad7b1, title: 0x7ba9, date: 0x4461, nothing: 0xec },
  ...{ tracks: 0x1654ae6b, track: 0xae, type: 0x83, number: 0xd7, codec: 0x86, head: 0x63a2 },
  ...{ language: 0x22b59c, name: 0x536e, isDefault: 0x88, isForced: 0x55aa },
  ...{ encodings: 0x6d80, encoding: 0x6240, compression: 0x5034, method: 0x4254 },
  ...{ cluster: 0x1f43b675, time: 0xe7, simpleBlock: 0xa3 },
  ...{ group: 0xa0, block: 0xa1, duration: 0x9b, additions: 0x75a1, more: 0xa6, additional: 0xa5 },
  ...{ chapters: 0x1043a770, edition: 0x45b9, chapter: 0xb6, begins: 0x91, ends: 0x92 },
  ...{ isMeant: 0x45db, isHidden: 0x98, chapterId: 0x73c4 },
  ...{ display: 0x80, chapterTitle: 0x85, chapterLanguage: 0x437c },
} as const;

/** An element of a Matroska file, by where it lies. */
export type Element = {
  /** See {@link element}. */
  readonly id: number;
  /** Where its size is written. */
  readonly sizeAt: number;
  /** Where what is in it begins. */
  readonly from: number;
  /** Where it says that it ends, perhaps behind the bytes; Infinity where it does not say. */
  readonly to: number;
};

/** Bytes of the longest head of an element. */
export const longestHead = 12;

/**
 * Reads the head of an element. Source: RFC 8794, 4 and 5.
 *
 * @param bytes What it lies in.
 * @param at Where it begins.
 * @returns The element; null where there is none, or its head is cut off.
 */
export function readElement(bytes: Uint8Array, at: number): Element | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idLength;
  const length = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  if (idLength > 4 || length > 8 || sizeAt + length > bytes.length) return null;
  // Without the bit that marks its length, or eight bytes would be more than a number holds.
  const first = bytes[sizeAt]! - 2 ** (8 - length);
  const size = first * 256 ** (length - 1) + numberOf(bytes.subarray(sizeAt + 1, sizeAt + length));
  const from = sizeAt + length;
  const isUnknown = size === 2 ** (7 * length) - 1;
  return {
    ...{ id: numberOf(bytes.subarray(at, sizeAt)), sizeAt, from },
    to: isUnknown ? Infinity : from + size,
  };
}

/**
 * The elements that lie one behind the other.
 *
 * @param bytes What they lie in.
 * @yields Each name and what is in it, part of the bytes; one that claims more than there is, or does not say its size, ends with them.
 */
export function* elementsOf(bytes: Uint8Array): Generator<readonly [number, Uint8Array]> {
  for (let at = 0; at < bytes.length;) {
    const found = readElement(bytes, at);
    if (!found) return;
    yield [found.id, bytes.subarray(found.from, found.to)];
    at = found.to;
  }
}

/**
 * What is in an element of a parent.
 *
 * @param parent What is in that.
 * @param wanted See {@link element}.
 * @returns What is in the first of that name, part of the bytes; null where there is none.
 */
export function findElement(parent: Uint8Array, wanted: number): Uint8Array | null {
  for (const [id, inner] of elementsOf(parent)) if (id === wanted) return inner;
  return null;
}

/**
 * A number, the highest byte first.
 *
 * @param bytes Its bytes; above eight it is rounded.
 * @returns The number; 0 for no bytes.
 */
export function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/**
 * Makes an element.
 *
 * @param id See {@link element}.
 * @param parts What is in it, in that order; fewer than 256 MiB.
 * @returns Bytes of their own.
 */
export function makeElement(id: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const name = bytesOf(id, Math.ceil((32 - Math.clz32(id)) / 8));
  return joinBytes([name, sizeOf(length, 4), ...parts]);
}

/**
 * A size as the heads of elements have it.
 *
 * @param size 0..2^49.
 * @param length Bytes that it takes, 1..8: more than it needs may be.
 * @returns The bytes.
 */
export function sizeOf(size: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(size, length);
  bytes[0]! |= 2 ** (8 - length);
  return bytes;
}

/**
 * A number, the highest byte first.
 *
 * @param value 0..2^53 - 1.
 * @param length Bytes that it takes.
 * @returns The bytes.
 */
export function bytesOf(value: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let [i, rest] = [length - 1, value]; i >= 0; i--, rest = Math.floor(rest / 256))
    bytes[i] = rest % 256;
  return bytes;
}
