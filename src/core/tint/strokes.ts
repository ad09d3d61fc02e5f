import type { Size } from '../picture/rect';
import { tintUnits, type Tint, type TintStroke } from '../recipe/tint';

/**
 * Paints strokes on a grid.
 *
 * @param tint The strokes, one over the other.
 * @param grid Size of the grid.
 * @returns `[width * height]`: of each cell the number of the stroke that covers its middle, from 1; 0 for none. Every stroke
 *   covers at least the cells that its line goes through.
 */
export function paintStrokes({ strokes }: Tint, grid: Size): Uint16Array {
  const cells = new Uint16Array(grid.width * grid.height);
  for (const [i, stroke] of strokes.entries()) paintStroke(stroke, i + 1, grid, cells);
  return cells;
}

function paintStroke(
  { points, radius }: TintStroke,
  number: number,
  grid: Size,
  cells: Uint16Array,
): void {
  const reach = (radius / tintUnits) * Math.max(grid.width, grid.height);
  const place = (i: number) =>
    [
      (points[i]! / tintUnits) * grid.width - 0.5,
      (points[i + 1]! / tintUnits) * grid.height - 0.5,
    ] as const;
  let [x, y] = place(0);
  paintDab(x, y, reach, number, grid, cells);
  for (let i = 2; i < points.length; i += 2) {
    const [toX, toY] = place(i);
    const steps = Math.ceil(2 * Math.hypot(toX - x, toY - y));
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      paintDab(x + share * (toX - x), y + share * (toY - y), reach, number, grid, cells);
    }
    [x, y] = [toX, toY];
  }
}

function paintDab(
  x: number,
  y: number,
  reach: number,
  number: number,
  { width, height }: Size,
  cells: Uint16Array,
): void {
  const within = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  cells[within(Math.round(y), height) * width + within(Math.round(x), width)] = number;
  const bottom = within(Math.floor(y + reach), height);
  for (let row = within(Math.ceil(y - reach), height); row <= bottom; row++) {
    const half = Math.sqrt(reach * reach - (row - y) ** 2);
    // A row that is only within the picture for being cut has no half.
    if (!(half >= 0)) continue;
    const last = Math.floor(x + half);
    for (let column = Math.ceil(x - half); column <= last; column++)
      if (column >= 0 && column < width) cells[row * width + column] = number;
  }
}
