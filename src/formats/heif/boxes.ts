import { readLatin1 } from '../metadata/bytes';

/** A box of the ISO base media file format. */
export type Box = {
  /** Four characters. */
  readonly type: string;
  /** Where its body begins and ends, inside of the file. */
  readonly start: number;
  readonly end: number;
  /** Whether it says that it is longer. */
  readonly isCut: boolean;
};

/**
 * Boxes that follow each other. Source: ISO/IEC 14496-12, 4.2.
 *
 * @param view The file.
 * @param start Where the first begins.
 * @param end Where the last ends at the latest.
 * @returns Each in its turn; nothing behind one that is broken.
 */
export function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end;) {
    const short = view.getUint32(at);
    const isLong = short === 1;
    if (isLong && at + 16 > end) return;
    const head = isLong ? 16 : 8;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short || end - at;
    if (length < head) return;
    const type = readLatin1(new Uint8Array(view.buffer, view.byteOffset + at + 4, 4));
    const isCut = at + length > end;
    yield { type, start: at + head, end: isCut ? end : at + length, isCut };
    at += length;
  }
}

/**
 * The first box of a type.
 *
 * @param view The file.
 * @param start Where the boxes begin.
 * @param end Where they end.
 * @param type Four characters.
 * @returns It, or undefined.
 */
export function findBox(view: DataView, start: number, end: number, type: string): Box | undefined {
  for (const box of boxes(view, start, end)) if (box.type === type) return box;
  return undefined;
}
