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

/** Of a stream that is thought to be whole: a piece unfolds to a thousand times as much at most. */
const largePieceBytes = 2 ** 16;

/** Zeros that are packed at a time. */
const zeros = new Uint8Array(2 ** 16);

/**
 * Packs anew what of a zlib stream unpacks before it ends or breaks, with zeros for the rest.
 *
 * @param packed A stream that may be cut off or damaged.
 * @param length Bytes that it should unfold to; no more are unpacked.
 * @param count Asked of each part of them in turn how many of its bytes make sense: behind fewer than all, nothing does.
 * @returns A whole stream of that length; null where nothing unpacks.
 */
export async function reflate(
  packed: Bytes,
  length: number,
  count: (part: Bytes) => number = (part) => part.length,
): Promise<Bytes | null> {
  const { readable, writable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const parts: Uint8Array[] = [];
  const collected = drain(readable, (part) => void parts.push(part));
  let done = 0;
  await unpack(packed, pieceBytesOf(packed), async (part) => {
    const fit = part.subarray(0, length - done);
    const sound = fit.subarray(0, count(fit));
    done += sound.length;
    if (sound.length > 0) await writer.write(sound);
    return done < length && sound.length === fit.length;
  });
  for (let left = length - done; left > 0 && done > 0; left -= zeros.length)
    await writer.write(zeros.subarray(0, left));
  await Promise.all([writer.close(), collected]);
  return done > 0 ? joinBytes(parts) : null;
}

/**
 * Unpacks as far as it goes.
 *
 * @param packed A zlib stream that may be cut off or damaged.
 * @param length Bytes that it should unfold to.
 * @returns No more bytes than that; fewer where it ends or breaks before.
 */
export async function inflateSome(packed: Bytes, length: number): Promise<Bytes> {
  const fast = await inflateBy(packed, length, largePieceBytes);
  if (fast.length === length) return fast;
  const slow = await inflateBy(packed, length, pieceBytesOf(packed));
  return slow.length > fast.length ? slow : fast;
}

async function inflateBy(packed: Bytes, length: number, pieceBytes: number): Promise<Bytes> {
  const parts: Bytes[] = [];
  let left = length;
  const take = (part: Bytes) => {
    const fit = part.subarray(0, left);
    parts.push(fit);
    left -= fit.length;
    return Promise.resolve(left > 0);
  };
  await unpack(packed, pieceBytes, take);
  return joinBytes(parts);
}

function pieceBytesOf({ length }: Bytes): number {
  return Math.min(mostPieceBytes, Math.ceil(length / pieces));
}

/** Unpacks as far as it goes, until `take` has enough; never throws. */
async function unpack(
  packed: Bytes,
  pieceBytes: number,
  take: (part: Bytes) => Promise<boolean>,
): Promise<void> {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  let isWanted = true;
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
