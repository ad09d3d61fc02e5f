import { lumaOf } from '../picture/luma';
import { peakOf } from '../picture/depth';
import { viewRows, type Picture } from '../picture/picture';
import { depthOf, type Raster } from '../picture/raster';
import { coverPixels, type Rect, type Size } from '../picture/rect';

/** Side of a cell of {@link ColourDrift} in pixels of the result. */
export const driftCell = 32;

/** How far the original's colours, seen from afar, are from the result's: what colour lock adds. */
export type ColourDrift = Size & {
  /**
   * `[width * height * 4]`: of each cell of the result, what must be added to its red, green and blue,
   * in parts of full scale, for the original's mean chroma at the result's mean luma; and 0.
   */
  readonly values: Float32Array<ArrayBuffer>;
};

/**
 * Measures how far a result's colours have drifted from its original's: the difference of mean colours in
 * cells of {@link driftCell} pixels of the result, at equal luma. Means are weighted by alpha; where a
 * cell shows nothing, there is no drift. Interpolated linearly between the middles of cells, this is a
 * low-pass of the difference of both pictures' chroma that reaches {@link driftCell} pixels, and half as
 * far again.
 *
 * @param original The photo; the plain enlargement's means are its own.
 * @param result What was made of it.
 * @returns The drift, of `ceil(side / driftCell)` cells along each side.
 * @throws {unknown} Where the result cannot be read any more.
 */
export async function measureDrift(original: Raster, result: Picture): Promise<ColourDrift> {
  const width = Math.ceil(result.width / driftCell);
  const height = Math.ceil(result.height / driftCell);
  const values = new Float32Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const rows = Math.min(driftCell, result.height - y * driftCell);
    const strip = await viewRows(result, y * driftCell, rows);
    for (let x = 0; x < width; x++) {
      const cell = { x: x * driftCell, y: y * driftCell, width: driftCell, height: driftCell };
      const from = meanOf(original, onto(cell, result, original));
      const to = meanOf(strip, coverPixels({ ...cell, y: 0 }, strip));
      if (!from || !to) continue;
      const difference = from.map((value, c) => value - to[c]!);
      const [red = 0, green = 0, blue = 0] = difference;
      const luma = lumaOf(red, green, blue);
      values.set([red - luma, green - luma, blue - luma], (y * width + x) * 4);
    }
  }
  return { width, height, values };
}

/** A cell on another grid of the same picture; scales divide its side, so that only a partial cell is rounded. */
function onto({ x, y, width, height }: Rect, from: Size, to: Size): Rect {
  const [across, down] = [to.width / from.width, to.height / from.height];
  const rect = { x: x * across, y: y * down, width: width * across, height: height * down };
  return coverPixels(rect, to);
}

/** Mean red, green and blue of what can be seen of a part, 0..1; null where nothing can. */
function meanOf({ width, data }: Raster, part: Rect): readonly number[] | null {
  let red = 0;
  let green = 0;
  let blue = 0;
  let cover = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * 4;
    for (let i = start; i < start + part.width * 4; i += 4) {
      const alpha = data[i + 3]!;
      red += alpha * data[i]!;
      green += alpha * data[i + 1]!;
      blue += alpha * data[i + 2]!;
      cover += alpha;
    }
  }
  const scale = cover * peakOf(depthOf({ data }));
  return cover > 0 ? [red / scale, green / scale, blue / scale] : null;
}
