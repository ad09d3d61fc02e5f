/** What engines of 2023 and later have; older ones collect the memory in their own time. */
type Movable = ArrayBuffer & { readonly transfer?: (bytes: number) => ArrayBuffer };

/**
 * Gives memory back at once. Engines collect what nobody needs any more after some 100 MB of it, on each thread for itself: of large
 * buffers that are made again and again, as many wait at any time.
 *
 * @param parts What nobody reads from now on, each with a buffer of its own, which is empty afterwards; given twice is no failure.
 *   Never what came with a message, from the browser or went to it: Chromium keeps such a buffer's memory until it collects
 *   garbage, and no more counts it as a reason to.
 */
export function release(...parts: readonly ArrayBufferView<ArrayBuffer>[]): void {
  for (const { buffer } of parts) if (buffer.byteLength > 0) (buffer as Movable).transfer?.(0);
}
