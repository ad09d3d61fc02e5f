import { createRaster, depthOf, type Depth, type Raster, type Samples } from './raster';

/** A picture that comes in bands of whole rows, so that nobody need hold all of it. */
export type RowSource = Omit<Raster, 'data'> & {
  readonly depth: Depth;
  /**
   * Rows of the picture; a source may be asked for them in any order.
   *
   * @param y The first row.
   * @param height How many, at least 1.
   * @returns Straight RGBA of the picture's depth, owned by the caller.
   */
  readonly read: (y: number, height: number) => Promise<Samples> | Samples;
  /** Takes rows back that are no longer read, so that later ones may be written to their buffer. */
  readonly giveBack?: (rows: Samples) => void;
};

/** Bytes of a band: little beside a picture, and hundreds of rows of most. */
const bandBytes = 2 ** 23;

/**
 * A whole picture as a source of its rows.
 *
 * @param raster The picture; only read.
 * @returns The source.
 */
export function rowsOf({ data, ...head }: Raster): RowSource {
  const step = head.width * 4;
  const depth = depthOf({ data });
  return { ...head, depth, read: (y, height) => data.slice(y * step, (y + height) * step) };
}

/**
 * The bands that a picture is read in, top to bottom; the next one is asked for while one is worked on.
 *
 * @param source The picture.
 * @param step Each band but the last has a multiple of so many rows.
 * @yields Each band as a picture of its own, given back when the next one is asked for, and where it begins.
 * @throws {unknown} What the source fails with.
 */
export async function* readBands(
  source: RowSource,
  step = 1,
): AsyncGenerator<{ readonly y: number; readonly band: Raster }> {
  const { width, height, hasAlpha, space, depth } = source;
  const rows = step * Math.max(1, Math.floor(bandBytes / ((step * width * 4 * depth) / 8)));
  const ask = async (y: number) => {
    const count = Math.min(rows, height - y);
    const data = await source.read(y, count);
    return { y, band: { width, height: count, hasAlpha, space, data } };
  };
  let next = ask(0);
  for (let y = 0; y < height; y += rows) {
    const present = await next;
    if (y + rows < height) {
      next = ask(y + rows);
      // Whoever takes the next band hears of it.
      next.catch(() => undefined);
    }
    yield present;
    source.giveBack?.(present.band.data);
  }
}

/**
 * All of a picture.
 *
 * @param source The picture.
 * @returns A raster that owns a new buffer.
 * @throws {RangeError} When the buffer cannot be allocated.
 * @throws {unknown} What the source fails with.
 */
export async function gatherRows(source: RowSource): Promise<Raster> {
  const { hasAlpha, space, depth } = source;
  const whole = { ...createRaster<Depth>(source, hasAlpha, depth), space };
  for await (const { y, band } of readBands(source)) whole.data.set(band.data, y * band.width * 4);
  return whole;
}
