import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { psnr } from '../src/core/run/eta';
import { cropRaster, type Raster } from '../src/core/picture/raster';
import type { Scale } from '../src/core/recipe/kinds';
import { resample } from '../src/core/picture/resample';
import { luma, readPng } from './images';

/** Enlarges a reduced benchmark photo. */
export type Enlarge = (low: Raster) => Promise<Raster>;

/**
 * Mean Y-PSNR of a method over a folder of benchmark photos, each reduced bicubically first.
 *
 * @param folder The photos.
 * @param scale How far they are reduced, and the method enlarges.
 * @param enlarge The method.
 * @returns Decibels of the method, and of bicubic enlargement, which proves the protocol.
 */
export async function scoreSet(
  folder: string,
  scale: Scale,
  enlarge: Enlarge,
): Promise<{ method: number; bicubic: number }> {
  const files = readdirSync(folder);
  const scores = { method: 0, bicubic: 0 };
  for (const file of files) {
    const photo = readPng(join(folder, file));
    const truth = cropToMultiple(photo, scale);
    const { width, height } = truth;
    const low = resample(truth, { width: width / scale, height: height / scale });
    const y = (raster: Raster) => luma(raster, scale, photo.isGray);
    scores.method += psnr(y(await enlarge(low)), y(truth)) / files.length;
    scores.bicubic += psnr(y(resample(low, truth)), y(truth)) / files.length;
  }
  return scores;
}

function cropToMultiple(raster: Raster, scale: number): Raster {
  const cut = (side: number) => side - (side % scale);
  return cropRaster(raster, { x: 0, y: 0, width: cut(raster.width), height: cut(raster.height) });
}
