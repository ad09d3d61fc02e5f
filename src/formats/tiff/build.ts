import { joinBytes } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/** A field that is written: its values, or four bytes that say where they are already. */
export type NewField = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
} & ({ readonly values: Bytes } | { readonly place: Bytes });

/** Types of numbers. TIFF 6.0, section 2. */
export const type = { byte: 1, short: 3, long: 4, ratio: 5, any: 7 } as const;

/**
 * Whole numbers as a file has them.
 *
 * @param numbers The numbers.
 * @param size Bytes of each.
 * @param isLittle Whether the lowest byte is the first.
 * @returns Their bytes.
 */
export function bytesOf(numbers: readonly number[], size: 2 | 4, isLittle: boolean): Bytes {
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of numbers.entries())
    if (size === 2) view.setUint16(i * 2, value, isLittle);
    else view.setUint32(i * 4, value, isLittle);
  return bytes;
}

/**
 * A directory, and behind it the values that do not fit into it.
 *
 * @param fields Its fields, in any order.
 * @param at Where in the file it will be: an even place.
 * @param isLittle Whether the lowest byte is the first.
 * @returns Its bytes; no directory follows it.
 */
export function layDirectory(fields: readonly NewField[], at: number, isLittle: boolean): Bytes {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag);
  const head = new Uint8Array(2 + sorted.length * 12 + 4);
  const view = new DataView(head.buffer);
  view.setUint16(0, sorted.length, isLittle);
  const parts: Bytes[] = [head];
  let end = head.length;
  for (const [i, field] of sorted.entries()) {
    const entry = 2 + i * 12;
    view.setUint16(entry, field.tag, isLittle);
    view.setUint16(entry + 2, field.type, isLittle);
    view.setUint32(entry + 4, field.count, isLittle);
    const values = 'place' in field ? field.place : field.values;
    if (values.length <= 4) head.set(values, entry + 8);
    else {
      view.setUint32(entry + 8, at + end, isLittle);
      const padded = new Uint8Array(values.length + (values.length & 1));
      padded.set(values);
      parts.push(padded);
      end += padded.length;
    }
  }
  return joinBytes(parts);
}

/**
 * What a TIFF begins with.
 *
 * @param first Where its first directory is.
 * @param isLittle Whether the lowest byte is the first.
 * @returns Eight bytes.
 */
export function layHead(first: number, isLittle: boolean): Bytes {
  const order = isLittle ? 0x49 : 0x4d;
  return joinBytes([
    Uint8Array.of(order, order),
    bytesOf([42], 2, isLittle),
    bytesOf([first], 4, isLittle),
  ]);
}
