import type { FilmFrame, FilmStep } from '../../../../src/core/film/step';
import type { Raster } from '../../../../src/core/picture/raster';

/**
 * Runs a step over a whole clip.
 *
 * @param step One that was not used.
 * @param clip Its frames.
 * @returns All that it gives.
 */
export function runStep(step: FilmStep, clip: readonly FilmFrame[]): FilmFrame[] {
  return [...clip.flatMap((frame) => step.push(frame)), ...step.flush()];
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
