import type { GridPhase } from './block-grid';
import { blockSide, transformBlock } from './dct';
import type { Window } from './sample';

/** Bands of a block: coefficients by the sum of their two frequencies, 0 being the mean. */
export const bandCount = 2 * blockSide - 1;

/** Coefficients in each band. */
export const bandSizes = Uint8Array.from({ length: bandCount }, (_, band) =>
  Math.min(band + 1, bandCount - band),
);

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
  /** Mean square of the luma coefficients in each band. */
  readonly luma: Float64Array;
  /** Variance of its blocks' fine power (the sum of squares from band `firstFine` on) over its mean's square. */
  readonly spread: number;
};

/** The first band in which even a shaded spot has little but texture and noise. */
export const firstFine = 4;

/** A cell's side in pixels: small enough for flat ones to be found between the edges of a photo. */
const side = 2 * blockSide;

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
    for (let y = grid.y; y + side <= window.height; y += side)
      for (let x = grid.x; x + side <= window.width; x += side) {
        const at = { window, x, y };
        const { bands: luma, spread } = measureBands(at, (i) => window.luma[i]!);
        const mean = Math.sqrt(luma[0]!) / blockSide;
        if (Number.isNaN(mean)) continue;
        const clipped = countClipped(window, y * window.width + x) / (3 * side ** 2);
        cells.push({ ...at, mean, clipped, luma, spread });
      }
  return cells;
}

const block = new Float32Array(blockSide * blockSide);

/**
 * The spectrum of one plane in a cell.
 *
 * @param cell Where.
 * @param valueAt The plane's value at an index of the window's planes.
 * @returns As in {@link Cell}: the mean square in each band, and how much the blocks differ.
 */
export function measureBands(
  { window, x, y }: Pick<Cell, 'window' | 'x' | 'y'>,
  valueAt: (index: number) => number,
): { readonly bands: Float64Array; readonly spread: number } {
  const bands = new Float64Array(bandCount);
  let [sum, squares] = [0, 0];
  for (let top = y; top < y + side; top += blockSide)
    for (let left = x; left < x + side; left += blockSide) {
      const start = top * window.width + left;
      for (let i = 0; i < block.length; i++)
        block[i] = valueAt(start + (i >> 3) * window.width + (i & 7));
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
  const count = (side / blockSide) ** 2;
  const variance = Math.max(0, squares - sum ** 2 / count) / (count - 1);
  return {
    bands: bands.map((total, band) => total / count / bandSizes[band]!),
    spread: sum > 0 ? variance / (sum / count) ** 2 : 0,
  };
}

function countClipped({ red, green, blue, width }: Window, start: number): number {
  let count = 0;
  for (const plane of [red, green, blue])
    for (let row = 0; row < side; row++)
      for (let i = start + row * width, end = i + side; i < end; i++)
        if (plane[i]! <= clippedBy || plane[i]! >= 255 - clippedBy) count++;
  return count;
}
