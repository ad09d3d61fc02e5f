import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import type { SquareSpectrum } from './spectrum';

/**
 * Of a page of letters, the least share of pixels that are as light as its paper, within so many levels of 8 bits; and
 * the most that the grid of its letters has of its fine detail: letters differ, the dots of a print do not. Of 38 typed
 * pages, of letters of 10 to 32 pixels, 75 % or more are paper and the grid has 2 to 30 % of the detail; of 36 prints their
 * screens have 54 to 97 %, and of silk paper's photos, where the honeycomb has 21 to 87 %, 45 % at most are alike.
 */
const leastPaper = 0.68;
const nearPaper = 12;
const mostGrid = 0.42;

/** Frequencies round a wave that the fading of a square spreads it over. */
const spread = 2;

/** Cycles per pixel from which detail is fine. */
const leastFine = 0.12;

/** A wave, in cycles per pixel. */
type Wave = { readonly x: number; readonly y: number };

/**
 * Whether waves that cross all over a picture are the grid of a page's letters, all of one width, and no print's screens.
 *
 * @param raster The page. Only read.
 * @param channel Of which the waves are.
 * @param waves The crossing waves.
 * @param spectra Powers of the squares of that channel.
 * @param spectrum Where frequencies lie in them.
 * @returns True where most of the picture is paper, and the waves are little of its fine detail.
 */
export function looksTyped(
  raster: Raster,
  channel: number,
  waves: readonly Wave[],
  spectra: readonly Float32Array[],
  spectrum: SquareSpectrum,
): boolean {
  return paperOf(raster, channel) >= leastPaper && shareOf(waves, spectra, spectrum) < mostGrid;
}

/** The share of pixels that are near the level that most are near. */
function paperOf(raster: Raster, channel: number): number {
  const counts = new Float64Array(256 + 2 * nearPaper);
  const unit = 255 / peakOf(depthOf(raster));
  for (let at = channel; at < raster.data.length; at += 4)
    counts[nearPaper + Math.round(raster.data[at]! * unit)]! += 1;
  let [near, most] = [0, 0];
  for (let level = 0; level < counts.length; level++) {
    near += counts[level]! - (counts[level - 2 * nearPaper - 1] ?? 0);
    most = Math.max(most, near);
  }
  return most / (raster.width * raster.height);
}

/** The share that waves have of the energy of all fine detail, 0..1. */
function shareOf(
  waves: readonly Wave[],
  spectra: readonly Float32Array[],
  spectrum: SquareSpectrum,
): number {
  const { side } = spectrum;
  let [own, all] = [0, 0];
  for (let y = 0; y <= side / 2; y++)
    for (let x = -side / 2; x < side / 2; x++) {
      if (Math.hypot(x, y) < leastFine * side) continue;
      const at = spectrum.indexOf(x, y);
      const energy = spectra.reduce((sum, powers) => sum + powers[at]!, 0);
      all += energy;
      const isOwn = waves.some(
        (wave) => Math.hypot(wave.x * side - x, wave.y * side - y) <= spread,
      );
      if (isOwn) own += energy;
    }
  return own / Math.max(all, Number.MIN_VALUE);
}
