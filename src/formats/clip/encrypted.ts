import { matchText } from '../header';

/** Bytes of a description that are looked through at most. */
const mostBytes = 2 ** 24;

/** Boxes of a file that are walked at most. */
const mostBoxes = 1000;

/**
 * Whether the pictures of an MP4 or MOV are encrypted, by the name of their description, whatever else of it cannot be read.
 * Source: ISO/IEC 14496-12, 8.12 ("encv"); 4.2 (boxes).
 *
 * @param file The file.
 * @returns False also where its description is not found.
 */
export async function isEncrypted(file: Blob): Promise<boolean> {
  const read = async (at: number, length: number) =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  for (let [at, count] = [0, 0]; at + 8 <= file.size && count < mostBoxes; count++) {
    const head = await read(at, 16);
    const view = new DataView(head.buffer);
    let size = view.getUint32(0);
    if (size === 1 && head.length === 16) size = Number(view.getBigUint64(8));
    if (size === 0) size = file.size - at;
    if (size < 8) return false;
    if (matchText(head, 4, 'moov')) {
      const moov = await read(at, Math.min(size, mostBytes));
      return new TextDecoder('latin1').decode(moov).includes('encv');
    }
    at += size;
  }
  return false;
}
