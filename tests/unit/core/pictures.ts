import { createRaster, type Raster } from '../../../src/core/picture/raster';

/**
 * A reproducible picture with detail at every scale, no two neighbouring pixels alike.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param hasAlpha Whether alpha varies too.
 * @returns A raster of its own.
 */
export function drawNoise(width: number, height: number, hasAlpha = false): Raster {
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
 * The largest difference of two rasters' bytes.
 *
 * @param a One.
 * @param b Another of the same size.
 * @returns 0..255.
 */
export function maxDifference(a: Raster, b: Raster): number {
  if (a.data.length !== b.data.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.data.length; i++)
    worst = Math.max(worst, Math.abs(a.data[i]! - b.data[i]!));
  return worst;
}
