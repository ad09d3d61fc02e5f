import { peakOf } from './depth';
import type { Depth } from './raster';

/** Luminance of red, green and blue light (sRGB, IEC 61966-2-1). */
export const luminance = [0.2126, 0.7152, 0.0722] as const;

const tables = new Map<Depth, Float32Array>();

/**
 * Linear light of every level (sRGB, IEC 61966-2-1).
 *
 * @param depth Of the levels.
 * @returns Light, 0..1, by level; made once, and not to be changed.
 */
export function lightTable(depth: Depth): Float32Array {
  const known = tables.get(depth);
  if (known) return known;
  const peak = peakOf(depth);
  const table = Float32Array.from({ length: peak + 1 }, (_, level) => {
    const value = level / peak;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  tables.set(depth, table);
  return table;
}

/**
 * The display value (sRGB) of linear light: the inverse of `lightTable`.
 *
 * @param light Linear light, from 0.
 * @param peak The level of full scale.
 * @returns The level for light of 0..1, not rounded.
 */
export function displayOf(light: number, peak: number): number {
  return peak * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
}

/** Steps of light in {@link displayTable}: between two of them a line is off by less than 0.01 of 65535 levels. */
const displaySteps = 2 ** 16;

let display: Float64Array | undefined;

/**
 * Display values (sRGB) of evenly spaced light, to be read with a line between two of them.
 *
 * @returns `[65538]`: values of 0..1 for light of 0..1, and one more, so that 1 has a neighbour; made once, and not
 *   to be changed.
 */
export function displayTable(): Float64Array {
  return (display ??= Float64Array.from({ length: displaySteps + 2 }, (_, step) =>
    displayOf(Math.min(1, step / displaySteps), 1),
  ));
}
