import type { GridPhase } from './block-grid';
import { blockSide, transformBlock } from './dct';
import type { Window } from './sample';

/** Bands of a block: coefficients by the sum of their two frequencies, 0 being the mean. */
export const bandCount = 2 * blockSide - 1;

/** Coefficients in each band. */
export const bandSizes = Uint8Array.from({ length: bandCount }, (_, band) =>
  Math.min(band + 1, bandCount - band),
);

/** What R, G and B gain by Cb and Cr, in square and on the mean, for each of blue and red without luma. */
export const colourWeights = { blue: 1.086 * 0.564 ** 2, red: 0.825 * 0.713 ** 2 };

/** A square of whole blocks: enough of them for their mean to tell noise from chance. */
export type Cell = {
  readonly window: Window;
  /** Position of its top left corner in the window, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Its mean luma, 0..255. */
  readonly mean: number;
  /** Share of its values of R, G and B that are at an end of the scale: they hide noise. */
  readonly clipped: number;
  /** Mean square of the luma coefficients in the two lowest bands, added: how little flat it is. */
  readonly shading: number;
};

/** A cell's coefficients in one plane. */
export type Spectrum = {
  /** Their mean square in each band. */
  readonly bands: Float64Array;
  /** Variance of its blocks' fine power (the sum of squares from band `firstFine` on) over its mean's square. */
  readonly spread: number;
};

/** The first band in which even a shaded spot has little but texture and noise. */
export const firstFine = 4;

/** A cell's side in pixels: small enough for flat ones to be found between the edges of a photo. */
export const cellSide = 2 * blockSide;

/** Blocks in a cell. */
const blockCount = (cellSide / blockSide) ** 2;

/** Levels from either end within which a value counts as clipped: JPEG moves it that far. */
const clippedBy = 1;

/**
 * Cuts windows into cells, side by side, on the grid of a JPEG where there is one.
 *
 * @param windows What was sampled of the photo.
 * @param grid Where blocks start; anywhere will do where there was no JPEG.
 * @returns The cells without transparent pixels.
 */
export function measureCells(windows: readonly Window[], grid: GridPhase): Cell[] {
  const cells: Cell[] = [];
  for (const window of windows)
    for (let y = grid.y; y + cellSide <= window.height; y += cellSide)
      for (let x = grid.x; x + cellSide <= window.width; x += cellSide) {
        const { power, shading } = measureCoarse(window, x, y);
        if (Number.isNaN(power)) continue;
        const clipped = countClipped(window, y * window.width + x) / (3 * cellSide ** 2);
        cells.push({ window, x, y, mean: Math.sqrt(power) / blockSide, clipped, shading });
      }
  return cells;
}

const block = new Float32Array(blockSide * blockSide);

/** The mean square of a cell's mean, and its shading. Most cells are not flat, and not looked at any further. */
function measureCoarse(
  { luma, width }: Window,
  x: number,
  y: number,
): { readonly power: number; readonly shading: number } {
  let [power, first, second] = [0, 0, 0];
  for (let top = y; top < y + cellSide; top += blockSide)
    for (let left = x; left < x + cellSide; left += blockSide) {
      copyBlock(luma, top * width + left, width);
      transformBlock(block, 3);
      power += block[0]! ** 2;
      first += block[1]! ** 2 + block[blockSide]! ** 2;
      second += block[2]! ** 2 + block[blockSide + 1]! ** 2 + block[2 * blockSide]! ** 2;
    }
  const shading = first / bandSizes[1]! + second / bandSizes[2]!;
  return { power: power / blockCount, shading: shading / blockCount };
}

/**
 * The spectrum of one plane in a cell.
 *
 * @param cell Where.
 * @param plane As long as the planes of the cell's window.
 * @param base What is taken from it first, as long; null: nothing.
 * @returns Owns its values.
 */
export function measureSpectrum(
  { window, x, y }: Cell,
  plane: Float32Array,
  base: Float32Array | null = null,
): Spectrum {
  const bands = new Float64Array(bandCount);
  let [sum, squares] = [0, 0];
  for (let top = y; top < y + cellSide; top += blockSide)
    for (let left = x; left < x + cellSide; left += blockSide) {
      copyBlock(plane, top * window.width + left, window.width);
      if (base) subtractBlock(base, top * window.width + left, window.width);
      transformBlock(block);
      let fine = 0;
      for (let i = 0; i < block.length; i++) {
        const band = (i >> 3) + (i & 7);
        const power = block[i]! ** 2;
        bands[band]! += power;
        if (band >= firstFine) fine += power;
      }
      sum += fine;
      squares += fine ** 2;
    }
  const variance = Math.max(0, squares - sum ** 2 / blockCount) / (blockCount - 1);
  return {
    bands: bands.map((total, band) => total / blockCount / bandSizes[band]!),
    spread: sum > 0 ? variance / (sum / blockCount) ** 2 : 0,
  };
}

function copyBlock(plane: Float32Array, start: number, width: number): void {
  for (let row = 0, i = 0; row < blockSide; row++)
    for (let at = start + row * width, end = at + blockSide; at < end; at++, i++)
      block[i] = plane[at]!;
}

function subtractBlock(plane: Float32Array, start: number, width: number): void {
  for (let row = 0, i = 0; row < blockSide; row++)
    for (let at = start + row * width, end = at + blockSide; at < end; at++, i++)
      block[i]! -= plane[at]!;
}

function countClipped({ red, green, blue, width }: Window, start: number): number {
  let count = 0;
  for (const plane of [red, green, blue])
    for (let row = 0; row < cellSide; row++)
      for (let i = start + row * width, end = i + cellSide; i < end; i++)
        if (plane[i]! <= clippedBy || plane[i]! >= 255 - clippedBy) count++;
  return count;
}
