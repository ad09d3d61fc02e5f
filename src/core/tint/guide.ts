import { peakOf } from '../picture/depth';
import { toOklab } from '../picture/oklab';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';

/** Lightness of a photo on the grid that colours are spread on. */
export type Guide = Size & {
  /** `[width * height]`, of Oklab, 0..1. */
  readonly lightness: Float32Array;
  /** The same without grain and dust: where its edges are. */
  readonly calm: Float32Array;
};

/** Longest side of the grid: what is finer is told apart by its lightness when colours are laid on. */
export const mostGuideSide = 768;

/**
 * Looks at a photo as tints do: the mean of each cell, in encoded values, and its lightness.
 *
 * @param raster The photo; each colour counts as much as it covers.
 * @returns Its lightness, each side at least 1, and none longer than {@link mostGuideSide}.
 */
export function createGuide(raster: Raster): Guide {
  const share = Math.min(1, mostGuideSide / Math.max(raster.width, raster.height));
  const side = (length: number) => Math.max(1, Math.round(length * share));
  const [width, height] = [side(raster.width), side(raster.height)];
  const lightness = new Float32Array(width * height);
  const peak = peakOf(depthOf(raster));
  const columns = Int32Array.from({ length: raster.width }, (_, x) =>
    Math.floor((x * width) / raster.width),
  );
  const sums = new Float64Array(width * 4);
  for (let y = 0, row = 0; row < height; row++) {
    sums.fill(0);
    for (; Math.floor((y * height) / raster.height) === row; y++) addRow(raster, y, columns, sums);
    for (let x = 0, i = 0; x < width; x++, i += 4) {
      const weight = Math.max(1e-9, sums[i + 3]!) * peak;
      const mean = (at: number) => Math.min(1, sums[at]! / weight);
      [lightness[row * width + x]] = toOklab(mean(i), mean(i + 1), mean(i + 2));
    }
  }
  return { width, height, lightness, calm: takeMedians({ width, height }, lightness) };
}

/** The median of each cell and its eight neighbours, at the ends of those that there are. */
function takeMedians({ width, height }: Size, values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  const near = new Float32Array(9);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      for (let v = -1, n = 0; v <= 1; v++) {
        const row = Math.min(height - 1, Math.max(0, y + v)) * width;
        for (let u = -1; u <= 1; u++, n++)
          near[n] = values[row + Math.min(width - 1, Math.max(0, x + u))]!;
      }
      out[i] = near.sort()[4]!;
    }
  return out;
}

function addRow(
  { data, width, hasAlpha }: Raster,
  y: number,
  columns: Int32Array,
  sums: Float64Array,
): void {
  for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
    const to = columns[x]! * 4;
    const cover = hasAlpha ? data[at + 3]! : 1;
    sums[to]! += cover * data[at]!;
    sums[to + 1]! += cover * data[at + 1]!;
    sums[to + 2]! += cover * data[at + 2]!;
    sums[to + 3]! += cover;
  }
}
