import type { Size } from '../picture/rect';
import type { Mask } from '../recipe/finish';
import { found, unmarked } from '../recipe/marks';
import { markFound } from './damage';

/**
 * What a search has found in a photo, as marks.
 *
 * @param probability How likely each of its pixels is damaged, 0..255, row by row; only read.
 * @param photo Its size.
 * @param grid An unmarked mask of the photo; only read.
 * @param sensitivity 0..100; see `markFound`.
 * @returns A new mask: `found` in each cell over a pixel that counts as damaged, else `unmarked`.
 */
export function layFound(
  probability: Uint8Array,
  photo: Size,
  grid: Mask,
  sensitivity: number,
): Mask {
  const marked = markFound(probability, photo, sensitivity);
  const values = new Uint8Array(grid.values.length).fill(unmarked);
  const columns = Uint32Array.from({ length: photo.width }, (_, x) =>
    Math.floor(((x + 0.5) * grid.width) / photo.width),
  );
  for (let y = 0, i = 0; y < photo.height; y++) {
    const row = Math.floor(((y + 0.5) * grid.height) / photo.height) * grid.width;
    for (let x = 0; x < photo.width; x++, i++) if (marked[i]) values[row + columns[x]!] = found;
  }
  return { ...grid, values };
}
