/** Bytes of their own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Some bytes, one after the other. */
export const bytesOf = (...values: number[]): Bytes => Uint8Array.from(values);

/** Bytes of Latin-1. */
export const text = (from: string): Bytes => Uint8Array.from(from, (c) => c.charCodeAt(0));

/** A number in four bytes, the lowest first. */
export const little = (value: number): Bytes =>
  Uint8Array.from([0, 8, 16, 24], (shift) => value >> shift);

/** Numbers in two bytes each, the highest first. */
export const wide = (...values: number[]): number[] =>
  values.flatMap((value) => [value >> 8, value & 255]);

/** Arrays one after the other. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The first bytes. */
export const cut = (bytes: Bytes, length: number): Bytes => bytes.slice(0, length);

/** The first share, 0..1. */
export const cutAt = (bytes: Bytes, share: number): Bytes => cut(bytes, bytes.length * share);

/** The same with other bytes somewhere. */
export function patch(bytes: Bytes, at: number, values: Iterable<number>): Bytes {
  const copy = bytes.slice();
  copy.set(Uint8Array.from(values), at);
  return copy;
}
