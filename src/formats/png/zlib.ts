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
