import type { Keep } from './keep';

/**
 * Keeps a file's bytes: as a Blob, whose size can be read without its bytes, or as a buffer where the
 * browser refuses Blobs, as WebKit does in a private window and under automation.
 *
 * @param keep Where.
 * @param key Under which key.
 * @param bytes The file; not changed and not kept hold of.
 * @throws {unknown} Where neither can be kept, whatever the storage throws.
 */
export async function putFile(
  keep: Keep,
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    await keep.set(key, new Blob([bytes]));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw error;
    await keep.set(key, bytes.slice().buffer);
  }
}

/**
 * The size of a kept file.
 *
 * @param value What storage answered.
 * @returns Bytes; undefined where this is not a file that {@link putFile} kept.
 */
export function sizeOfKept(value: unknown): number | undefined {
  if (value instanceof Blob) return value.size;
  return value instanceof ArrayBuffer ? value.byteLength : undefined;
}

/**
 * The bytes of a kept file.
 *
 * @param value What storage answered.
 * @returns The bytes, owned by the receiver; undefined where this is not a file that {@link putFile} kept.
 * @throws {DOMException} Where the browser has lost what is behind a Blob.
 */
export async function readKeptFile(value: unknown): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (value instanceof Blob) return new Uint8Array(await value.arrayBuffer());
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
