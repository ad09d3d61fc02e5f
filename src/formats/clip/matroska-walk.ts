import { element, longestHead, readElement } from './elements';

/** Bytes that are read at once: what lies close together is read together, and large pictures are passed over. */
const windowBytes = 2 ** 17;

/** An element of a Matroska file that is walked over. */
export type WalkedElement = {
  /** See {@link element}. */
  readonly id: number;
  /** Where in the file what is in it begins. */
  readonly from: number;
  /** Where it says that it ends; Infinity where it does not say. */
  readonly to: number;
  /** What is in it: bytes that are good until the next step, fewer where the file ends before. */
  readonly read: () => Promise<Uint8Array>;
};

/**
 * Walks over the elements of a Matroska file, one after the other, as they lie. Segment and clusters are stepped into; of others only the head is read. So one that does not say how long
 * its clusters are is walked over like any other, and no more than a small piece of it is in memory.
 *
 * @param file The file.
 * @yields Each element, those that are stepped into among them.
 */
export async function* walkMatroska(file: Blob): AsyncGenerator<WalkedElement, void, undefined> {
  let [start, bytes] = [0, new Uint8Array()];
  const read = async (from: number, length: number) => {
    if (from < start || from + length > start + bytes.length) {
      const piece = file.slice(from, from + Math.max(length, windowBytes));
      [start, bytes] = [from, new Uint8Array(await piece.arrayBuffer())];
    }
    return bytes.subarray(from - start, from - start + length);
  };
  for (let at = 0; at < file.size;) {
    const head = readElement(await read(at, Math.min(longestHead, file.size - at)), 0);
    if (!head) return;
    const { id } = head;
    const [from, to] = [at + head.from, at + head.to];
    yield { id, from, to, read: () => read(from, Math.min(to, file.size) - from) };
    at = id === element.segment || id === element.cluster ? from : to;
  }
}
