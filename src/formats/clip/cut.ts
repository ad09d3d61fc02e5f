import type { ClipContainer } from '../../core/film/clip';
import { nameAt, viewOf } from './boxes';
import { element, longestHead, readElement, sizeOf, type Element } from './elements';

/** A file as far as there is one. */
export type CutFile = {
  /** Whether it claims more than there is. */
  readonly isCut: boolean;
  /** The file; of a Matroska file that ends within a cluster one whose last cluster says where it really ends, or readers would leave all of it out. */
  readonly file: Blob;
};

/** Boxes or elements of a file that are walked at most: two for each second of a film of three hours. */
const mostSteps = 20_000;

/** What boxes are called, but for a few that no end is looked for in. */
const boxName = /^[\w ]{4}$/;

/** Bytes of a cut cluster that are looked through at most. */
const mostBytes = 2 ** 26;

/**
 * Finds out whether a clip's file is cut off, by what it says of its own parts. One that ends between two parts, or does not say how long they are, is as whole as any
 * that is written as it comes.
 *
 * @param file The file.
 * @param container Which container it is.
 * @returns The file to read.
 */
export async function readCut(file: Blob, container: ClipContainer): Promise<CutFile> {
  const isMovie = container === 'mp4' || container === 'mov';
  return isMovie ? { isCut: await isMovieCut(file), file } : mendMatroska(file);
}

/** Source: ISO/IEC 14496-12, 4.2. */
async function isMovieCut(file: Blob): Promise<boolean> {
  for (let [at, steps] = [0, 0]; at + 8 <= file.size && steps < mostSteps; steps++) {
    const bytes = await bytesAt(file, at, 16);
    const head = viewOf(bytes);
    const short = head.getUint32(0);
    if (short === 0) return false;
    if (short === 1 && head.byteLength < 16) return true;
    const size = short === 1 ? Number(head.getBigUint64(8)) : short;
    // What programs left behind the last box is no box.
    if (size < 8 || !boxName.test(nameAt(bytes, 4))) return false;
    at += size;
    if (at > file.size) return true;
  }
  return false;
}

async function mendMatroska(file: Blob): Promise<CutFile> {
  const whole = { isCut: false, file };
  const head = await elementAt(file, 0);
  const segment = head && (await elementAt(file, head.to));
  if (segment?.id !== element.segment) return whole;
  // One that was written as it came says nothing of its end, and its clusters may.
  if (segment.to <= file.size) return whole;
  let at = segment.from;
  for (let steps = 0; at < file.size && steps < mostSteps; steps++) {
    const part = await elementAt(file, at);
    if (!part || part.to === Infinity) break;
    if (part.to > file.size)
      return {
        isCut: true,
        file: part.id === element.cluster ? await mendCluster(file, part) : file,
      };
    at = part.to;
  }
  return { isCut: segment.to < Infinity, file };
}

/** The file with a cut cluster that ends with its last whole block. */
async function mendCluster(file: Blob, { sizeAt, from }: Element): Promise<Blob> {
  const bytes = await bytesAt(file, from, mostBytes);
  let end = 0;
  for (let next = readElement(bytes, 0); next && next.to <= bytes.length;) {
    end = next.to;
    next = readElement(bytes, end);
  }
  const size = sizeOf(end, from - sizeAt);
  return new Blob([file.slice(0, sizeAt), size, file.slice(from, from + end)]);
}

async function elementAt(file: Blob, at: number): Promise<Element | null> {
  const found = readElement(await bytesAt(file, at, longestHead), 0);
  return found && { ...found, sizeAt: at + found.sizeAt, from: at + found.from, to: at + found.to };
}

async function bytesAt(file: Blob, at: number, length: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
}
