/** Names of elements of a Matroska file. Source: RFC 9559, 5.1. */
export const element = {
  ...{ segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab },
  ...{ tracks: 0x1654ae6b, track: 0xae, type: 0x83, chapters: 0x1043a770, cluster: 0x1f43b675 },
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
 * A number, the highest byte first.
 *
 * @param bytes Its bytes; above eight it is rounded.
 * @returns The number; 0 for no bytes.
 */
export function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
