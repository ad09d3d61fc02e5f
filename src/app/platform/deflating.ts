/**
 * Makes bytes fewer that repeat themselves, as those of a mask do.
 *
 * @param bytes The bytes.
 * @returns For {@link inflate}.
 */
export function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return pass(bytes, new CompressionStream('deflate'));
}

/**
 * What {@link deflate} was given.
 *
 * @param bytes From there.
 * @returns The bytes.
 * @throws {TypeError} Where they are broken.
 */
export function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return pass(bytes, new DecompressionStream('deflate'));
}

async function pass(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const passed = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(passed).arrayBuffer());
}
