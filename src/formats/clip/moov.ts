import { matchText } from '../header';

/** Bytes of a description that are looked through at most. */
const mostBytes = 2 ** 24;

/** Boxes of a file that are walked at most. */
const mostBoxes = 1000;

/**
 * The description of an MP4 or MOV. Source: ISO/IEC 14496-12, 4.2 and 8.2.1.
 *
 * @param file The file.
 * @returns Its box, head and all, at most 16 MiB of it; null where it is not found.
 */
export async function readMoov(file: Blob): Promise<Uint8Array | null> {
  const read = async (at: number, length: number) =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  for (let [at, count] = [0, 0]; at + 8 <= file.size && count < mostBoxes; count++) {
    const head = await read(at, 16);
    const view = new DataView(head.buffer);
    let size = view.getUint32(0);
    if (size === 1 && head.length === 16) size = Number(view.getBigUint64(8));
    if (size === 0) size = file.size - at;
    if (size < 8) return null;
    if (matchText(head, 4, 'moov')) return read(at, Math.min(size, mostBytes));
    at += size;
  }
  return null;
}
