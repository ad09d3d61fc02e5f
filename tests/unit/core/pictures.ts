import { createPlane, type Plane } from '../../../src/core/picture/plane';
import type { Size } from '../../../src/core/picture/rect';
import { createRaster, type Raster, type Raster8 } from '../../../src/core/picture/raster';

export type Raster16 = Raster<Uint16Array<ArrayBuffer>>;

/**
 * A reproducible picture with detail at every scale, no two neighbouring pixels alike.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param hasAlpha Whether alpha varies too.
 * @returns A raster of its own.
 */
export function drawNoise(width: number, height: number, hasAlpha = false): Raster8 {
  const raster = createRaster({ width, height }, hasAlpha);
  let state = 12345;
  for (let i = 0; i < raster.data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const wave = 128 + 60 * Math.sin(i / 37) + (state >>> 24) / 4;
    raster.data[i] = i % 4 === 3 && !hasAlpha ? 255 : wave;
  }
  return raster;
}

/**
 * A reproducible picture of 16 bits, whose samples are anything.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param hasAlpha Whether alpha varies too.
 * @returns A raster of its own.
 */
export function drawDeepNoise(width: number, height: number, hasAlpha = false): Raster16 {
  const raster = createRaster({ width, height }, hasAlpha, 16);
  let state = 54321;
  for (let i = 0; i < raster.data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    raster.data[i] = i % 4 === 3 && !hasAlpha ? 65535 : state >>> 16;
  }
  return raster;
}

/**
 * A picture of 8 bits in 16, the same to the eye.
 *
 * @param raster Only read.
 * @returns A raster of its own.
 */
export function deepen(raster: Raster8): Raster16 {
  const out = createRaster(raster, raster.hasAlpha, 16);
  for (const [i, level] of raster.data.entries()) out.data[i] = level * 257;
  return out;
}

/**
 * Reproducible planes with detail at every scale.
 *
 * @param size Their size.
 * @param count How many.
 * @returns Planes of 0..1.
 */
export function drawPlanes(size: Size, count: number): Plane[] {
  return Array.from({ length: count }, (_, plane) => {
    const { width, height, values } = createPlane(size);
    const wave = (i: number) => 0.5 + 0.3 * Math.sin(i / (7 + plane)) + 0.2 * Math.sin(i * i);
    return { width, height, values: values.map((_, i) => wave(i)) };
  });
}

/**
 * The largest difference of two rasters' samples.
 *
 * @param a One.
 * @param b Another of the same size and depth.
 * @returns In levels.
 */
export function maxDifference(a: Raster, b: Raster): number {
  if (a.data.length !== b.data.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.data.length; i++)
    worst = Math.max(worst, Math.abs(a.data[i]! - b.data[i]!));
  return worst;
}
