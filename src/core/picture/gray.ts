import { roundLevel, peakOf } from './depth';
import { lumaOf } from './luma';
import { createLike, depthOf, type Raster, type Samples } from './raster';

/**
 * Whether a picture has no colour at all.
 *
 * @param raster The picture.
 * @param raster.data Its samples; colour under full transparency counts too.
 * @returns True where red, green and blue are equal everywhere.
 */
export function isGray({ data }: Pick<Raster, 'data'>): boolean {
  for (let i = 0; i < data.length; i += 4)
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  return true;
}

/**
 * A picture without its colour: what a network made of a gray one has a little.
 *
 * @param raster The picture; only read.
 * @returns A raster that owns a new buffer, each pixel at its luma.
 */
export function toGray<S extends Samples>(raster: Raster<S>): Raster<S> {
  const { data } = raster;
  const gray = createLike(raster);
  const peak = peakOf(depthOf(raster));
  for (let i = 0; i < data.length; i += 4) {
    const level = roundLevel(lumaOf(data[i]!, data[i + 1]!, data[i + 2]!), peak);
    gray.data[i] = gray.data[i + 1] = gray.data[i + 2] = level;
    gray.data[i + 3] = data[i + 3]!;
  }
  return gray;
}
