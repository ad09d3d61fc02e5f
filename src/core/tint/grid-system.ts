import type { Size } from '../picture/rect';

/**
 * Linear equations on a grid: each cell is bound to its four neighbours, and by itself to 0, more or less strongly. Lists have
 * `width + 1` zeros before the first cell and behind the last, so that every cell has neighbours.
 */
export type GridSystem = Size & {
  /** How strongly each cell is bound to the one on its right; 0 in the last column. */
  readonly right: Float32Array;
  /** And to the one below; 0 in the last row. */
  readonly down: Float32Array;
  /** And to 0. */
  readonly pull: Float32Array;
  /** What each cell's own value is multiplied with, inverted. */
  readonly inverse: Float32Array;
};

/**
 * An empty list of a value for each cell.
 *
 * @param size Of the grid.
 * @returns Zeros, with the margin that {@link GridSystem} tells of.
 */
export function createList({ width, height }: Size): Float32Array<ArrayBuffer> {
  return new Float32Array(width * height + 2 * (width + 1));
}

/**
 * Binds cells.
 *
 * @param size Of the grid.
 * @param right See {@link GridSystem}; owned by the system from now on, as the others.
 * @param down Likewise.
 * @param pull Likewise; above 0 somewhere in each part that hangs together.
 * @returns The equations.
 */
export function bindCells(
  { width, height }: Size,
  right: Float32Array,
  down: Float32Array,
  pull: Float32Array,
): GridSystem {
  const inverse = createList({ width, height });
  const first = width + 1;
  for (let i = first; i < first + width * height; i++)
    inverse[i] = 1 / (right[i]! + right[i - 1]! + down[i]! + down[i - width]! + pull[i]!);
  return { width, height, right, down, pull, inverse };
}

/**
 * The equations times some values.
 *
 * @param system The equations.
 * @param values A value for each cell.
 * @param out Where the products go.
 */
export function multiply(system: GridSystem, values: Float32Array, out: Float32Array): void {
  const { width, height, right, down, inverse } = system;
  const first = width + 1;
  for (let i = first, end = first + width * height; i < end; i++)
    out[i] =
      values[i]! / inverse[i]! -
      right[i]! * values[i + 1]! -
      right[i - 1]! * values[i - 1]! -
      down[i]! * values[i + width]! -
      down[i - width]! * values[i - width]!;
}

/**
 * Brings each cell to what its neighbours ask for, one after the other (Gauss and Seidel).
 *
 * @param system The equations.
 * @param wanted Their right side.
 * @param values Changed in place.
 * @param isBack Whether the last cell is the first.
 */
export function relax(
  system: GridSystem,
  wanted: Float32Array,
  values: Float32Array,
  isBack: boolean,
): void {
  const { width, height, right, down, inverse } = system;
  const first = width + 1;
  const last = first + width * height - 1;
  const step = isBack ? -1 : 1;
  for (let i = isBack ? last : first; i >= first && i <= last; i += step)
    values[i] =
      inverse[i]! *
      (wanted[i]! +
        right[i]! * values[i + 1]! +
        right[i - 1]! * values[i - 1]! +
        down[i]! * values[i + width]! +
        down[i - width]! * values[i - width]!);
}

/**
 * The same equations where four cells are one. What binds two of them to two others binds over twice the distance, and so half as
 * strongly.
 *
 * @param fine The equations.
 * @returns Coarser ones, each side half as long, rounded up.
 */
export function coarsen(fine: GridSystem): GridSystem {
  const size = { width: Math.ceil(fine.width / 2), height: Math.ceil(fine.height / 2) };
  const [right, down, pull] = [createList(size), createList(size), createList(size)];
  const inside = fine.width + 1;
  const first = size.width + 1;
  for (let y = 0; y < fine.height; y++)
    for (let x = 0; x < fine.width; x++) {
      const from = inside + y * fine.width + x;
      const to = first + (y >> 1) * size.width + (x >> 1);
      pull[to]! += fine.pull[from]!;
      if (x % 2 > 0) right[to]! += fine.right[from]! / 2;
      if (y % 2 > 0) down[to]! += fine.down[from]! / 2;
    }
  return bindCells(size, right, down, pull);
}
