import type { FilmFrame, FilmStep } from '../../../../src/core/film/step';
import { createSample } from '../../../../src/core/film/colour-sample';
import type { Raster } from '../../../../src/core/picture/raster';
import type { Moving } from './moving';

/**
 * Runs a step over a whole clip.
 *
 * @param step One that was not used.
 * @param clip Its frames.
 * @returns All that it gives.
 */
export async function runStep(step: FilmStep, clip: readonly FilmFrame[]): Promise<FilmFrame[]> {
  const out: FilmFrame[] = [];
  for (const frame of clip) out.push(...(await step.push(frame)));
  return [...out, ...(await step.flush())];
}

/**
 * The root of the mean square over R, G and B.
 *
 * @param a A picture.
 * @param b Another of its size and depth.
 * @returns In levels.
 */
export function distance(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) if (i % 4 < 3) sum += (a.data[i]! - b.data[i]!) ** 2;
  return Math.sqrt(sum / (a.data.length * 0.75));
}

/**
 * How far a frame is from the one before, moved to it by the truth.
 *
 * @param scene What both show.
 * @param frame The frame.
 * @param before The one before.
 * @param k Which frame it is of the scene.
 * @returns The mean difference over R, G and B, where both show the same thing, in levels.
 */
export function unrest(scene: Moving, frame: Raster, before: Raster, k: number): number {
  const sample = createSample();
  let [sum, count] = [0, 0];
  for (let y = 0; y < scene.height; y++)
    for (let x = 0; x < scene.width; x++) {
      const place = scene.follow(x, y, k, k - 1);
      if (!place) continue;
      sample.read(before, ...place);
      const at = (y * scene.width + x) * 4;
      for (let c = 0; c < 3; c++) sum += Math.abs(frame.data[at + c]! - sample.colour[c]!) / 3;
      count++;
    }
  return sum / count;
}
