import { joinBytes } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';

/**
 * Unpacks a zlib stream.
 *
 * @param packed The stream.
 * @param most Bytes that it may unfold to.
 * @returns What it holds.
 * @throws {RangeError} Where it is longer.
 * @throws {TypeError} Where it is broken.
 */
export async function inflate(packed: Bytes, most: number): Promise<Bytes> {
  return collect(packed, new DecompressionStream('deflate'), most);
}

/**
 * Packs bytes into a zlib stream.
 *
 * @param bytes The bytes.
 * @returns The stream.
 */
export async function deflate(bytes: Bytes): Promise<Bytes> {
  return collect(bytes, new CompressionStream('deflate'), Infinity);
}

async function collect(
  bytes: Bytes,
  through: ReadableWritablePair<Uint8Array, BufferSource>,
  most: number,
): Promise<Bytes> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array[] = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return joinBytes(parts);
    parts.push(value);
    length += parts.at(-1)!.length;
    if (length <= most) continue;
    await reader.cancel();
    throw new RangeError('too long');
  }
}

/** Into how many pieces a stream is cut, and how long they are at most: what a broken one unfolds to is lost. */
const [pieces, mostPieceBytes] = [512, 1024];

/** Zeros that are packed at a time. */
const zeros = new Uint8Array(2 ** 16);

/**
 * Packs anew what of a zlib stream unpacks before it ends or breaks, with zeros for the rest.
 *
 * @param packed A stream that may be cut off or damaged.
 * @param length Bytes that it should unfold to; no more are unpacked.
 * @returns A whole stream of that length; null where nothing unpacks.
 */
export async function reflate(packed: Bytes, length: number): Promise<Bytes | null> {
  const { readable, writable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const parts: Uint8Array[] = [];
  const collected = drain(readable, (part) => void parts.push(part));
  let done = 0;
  await unpack(packed, async (part) => {
    const fit = part.subarray(0, length - done);
    done += fit.length;
    if (fit.length > 0) await writer.write(fit);
    return done < length;
  });
  for (let left = length - done; left > 0 && done > 0; left -= zeros.length)
    await writer.write(zeros.subarray(0, left));
  await Promise.all([writer.close(), collected]);
  return done > 0 ? joinBytes(parts) : null;
}

/** Unpacks as far as it goes, until `take` has enough; never throws. */
async function unpack(packed: Bytes, take: (part: Bytes) => Promise<boolean>): Promise<void> {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  let isWanted = true;
  const pieceBytes = Math.min(mostPieceBytes, Math.ceil(packed.length / pieces));
  const taken = drain(readable, async (part) => {
    if (isWanted) isWanted = await take(part);
  }).catch(() => undefined);
  try {
    for (let at = 0; at < packed.length && isWanted; at += pieceBytes)
      await writer.write(packed.subarray(at, at + pieceBytes));
    await writer.close();
  } catch {
    // Broken or cut off here: what came before is taken.
  }
  // Ends a stream that has more.
  writer.abort().catch(() => undefined);
  await taken;
}

async function drain(
  readable: ReadableStream<Uint8Array>,
  take: (part: Bytes) => void | Promise<void>,
): Promise<void> {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    await take(value as Bytes);
  }
}
