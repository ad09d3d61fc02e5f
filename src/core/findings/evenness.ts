import { cellSide, type Cell } from './cells';

/** Half of a normal distribution's values are within so many standard deviations. */
const probableError = 0.6745;

/**
 * How large most fine differences of cells are beside their root mean square: 1 where they are spread as noise is, by
 * the normal distribution (0.8 to 1.2 for a camera's behind JPEG 75 and better); less where most of a cell is plain, and a
 * few lines, dots or edges make its power. A fine difference is that of a pixel's luma and its four neighbours' mean.
 *
 * @param cells One at least.
 * @returns The median of the cells', 0 and more; 0 for cells of one colour.
 */
export function measureEvenness(cells: readonly Cell[]): number {
  const each = cells.map(evennessOf).sort((a, b) => a - b);
  return each[each.length >> 1]!;
}

function evennessOf({ window: { luma, width }, x, y }: Cell): number {
  const sizes: number[] = [];
  let squares = 0;
  for (let row = y + 1; row < y + cellSide - 1; row++)
    for (let column = x + 1; column < x + cellSide - 1; column++) {
      const i = row * width + column;
      const around = luma[i - 1]! + luma[i + 1]! + luma[i - width]! + luma[i + width]!;
      const difference = luma[i]! - around / 4;
      sizes.push(Math.abs(difference));
      squares += difference ** 2;
    }
  if (squares === 0) return 0;
  sizes.sort((a, b) => a - b);
  return sizes[sizes.length >> 1]! / probableError / Math.sqrt(squares / sizes.length);
}
