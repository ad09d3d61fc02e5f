/**
 * The boxes that lie one behind the other. Source: ISO/IEC 14496-12, 4.2.
 *
 * @param bytes What they lie in; one that claims more than there is ends with it, and one of fewer than its own 8 bytes ends them all.
 * @param start Where the first one begins.
 * @yields Each one's name and what is in it, which stays part of the bytes.
 */
export function* boxesOf(
  bytes: Uint8Array,
  start = 0,
): Generator<readonly [string, Uint8Array<ArrayBufferLike>]> {
  for (let at = start; at + 8 <= bytes.length;) {
    const size = viewOf(bytes).getUint32(at);
    if (size < 8) return;
    yield [nameAt(bytes, at + 4), bytes.subarray(at + 8, at + size)];
    at += size;
  }
}

/**
 * What is in a box that is in a box.
 *
 * @param bytes What the outermost lies in.
 * @param path Names, from the outermost on.
 * @param path."0" The outermost one's.
 * @returns What is in the first of that name, part of the bytes; null where there is none.
 */
export function findBox(bytes: Uint8Array, [name, ...rest]: readonly string[]): Uint8Array | null {
  for (const [own, inner] of boxesOf(bytes))
    if (own === name) return rest.length > 0 ? findBox(inner, rest) : inner;
  return null;
}

/**
 * Makes a box.
 *
 * @param name Its name, of four letters.
 * @param parts What is in it, in that order; fewer than 4 GiB.
 * @returns Bytes of their own.
 */
export function makeBox(name: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const box = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 8));
  new DataView(box.buffer).setUint32(0, box.length);
  for (let i = 0; i < 4; i++) box[4 + i] = name.charCodeAt(i);
  let at = 8;
  for (const part of parts) {
    box.set(part, at);
    at += part.length;
  }
  return box;
}

/**
 * Numbers of 32 bits, as boxes hold them.
 *
 * @param values 0..2^32 - 1 each; what is larger becomes that.
 * @returns Four bytes for each, the highest first.
 */
export function wordsOf(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setUint32(4 * i, Math.min(value, 2 ** 32 - 1)));
  return new Uint8Array(view.buffer);
}

/**
 * Bytes as numbers.
 *
 * @param bytes The bytes.
 * @returns A view of the same bytes.
 */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * A name of four letters.
 *
 * @param bytes Where it lies.
 * @param at Its first byte.
 * @returns The name; shorter where the bytes end.
 */
export function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
