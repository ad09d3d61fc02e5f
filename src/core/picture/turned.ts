import { createLike, depthOf, type Raster, type Samples } from './raster';

/** How a picture is laid down again; each of the eight ways keeps every pixel. */
export type Turn = {
  /** Whether rows become columns. */
  readonly onItsSide: boolean;
  /** Whether columns are taken from the right. */
  readonly mirrorX: boolean;
  /** Whether rows are taken from below. */
  readonly mirrorY: boolean;
};

/**
 * Turns or mirrors a picture, bit for bit.
 *
 * @param source Only read; its buffer begins on a multiple of 4 bytes.
 * @param turn How.
 * @returns A raster that owns a new buffer; the source itself where nothing is to be done.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function turned<S extends Samples>(source: Raster<S>, turn: Turn): Raster<S> {
  const { onItsSide, mirrorX, mirrorY } = turn;
  if (!onItsSide && !mirrorX && !mirrorY) return source;
  const size = onItsSide ? { width: source.height, height: source.width } : source;
  const out = createLike(source, size);
  const { width, height, data } = out;
  // A pixel is moved as one word, or as two.
  const words = depthOf(source) / 8;
  const from = new Uint32Array(source.data.buffer, source.data.byteOffset, width * height * words);
  const to = new Uint32Array(data.buffer);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = onItsSide ? y : x;
      const v = onItsSide ? x : y;
      const column = mirrorX ? source.width - 1 - u : u;
      const row = mirrorY ? source.height - 1 - v : v;
      const [into, at] = [(y * width + x) * words, (row * source.width + column) * words];
      to[into] = from[at]!;
      if (words === 2) to[into + 1] = from[at + 1]!;
    }
  return out;
}
