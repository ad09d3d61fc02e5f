import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';

/** Cells along each side that are looked at, and places along each side of a cell: their mean has little of the grain. */
const cellsAside = 48;
const placesAside = 4;

/** A cell's colour, encoded, 0..1. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * The colours of a picture as they are seen from afar, at any size of it in the same short time.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns Means of evenly spaced places, 16 a cell, of 48 x 48 cells, row by row.
 */
export function readCoarsely(raster: Raster): readonly Colour[] {
  const { data, width, height } = raster;
  const aside = cellsAside * placesAside;
  const scale = 1 / (peakOf(depthOf(raster)) * placesAside ** 2);
  const at = (i: number, length: number) => Math.floor(((i + 0.5) * length) / aside);
  const sums = new Float64Array(3 * cellsAside ** 2);
  for (let j = 0; j < aside; j++)
    for (let i = 0; i < aside; i++) {
      const from = 4 * (at(j, height) * width + at(i, width));
      const cell = Math.floor(j / placesAside) * cellsAside + Math.floor(i / placesAside);
      for (let c = 0; c < 3; c++) sums[3 * cell + c]! += data[from + c]! * scale;
    }
  return Array.from({ length: cellsAside ** 2 }, (_, i) => [
    sums[3 * i]!,
    sums[3 * i + 1]!,
    sums[3 * i + 2]!,
  ]);
}

/**
 * Values in order.
 *
 * @param values Any.
 * @returns A new list, the smallest first.
 */
export const sortValues = (values: readonly number[]): Float64Array =>
  Float64Array.from(values).sort();

/**
 * The value below which a share of all lies.
 *
 * @param sorted In order, at least one.
 * @param share 0..1.
 * @returns One of them.
 */
export const rank = (sorted: Float64Array, share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))]!;
