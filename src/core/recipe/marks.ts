import type { Mask } from './finish';

/** What a cell of a mask of marks holds where nobody has marked anything; above it lies what is to be healed. */
export const unmarked = 128;

/** What a cell holds that a search has marked, and nobody has painted on since. It is healed like one of 255. */
export const found = 254;

/**
 * Whether anything of a photo is marked.
 *
 * @param marks What is marked; undefined for nothing.
 * @returns True where any cell is.
 */
export function hasMarks(marks: Mask | undefined): boolean {
  return marks?.values.some(isMarked) ?? false;
}

/**
 * How much of a photo is marked.
 *
 * @param marks What is marked; undefined for nothing.
 * @returns The share of the photo, 0..1; 1 only where all of it is.
 */
export function markedShare(marks: Mask | undefined): number {
  if (!marks) return 0;
  const { values } = marks;
  let count = 0;
  for (let i = 0; i < values.length; i++) if (isMarked(values[i]!)) count++;
  return count / values.length;
}

/**
 * Whether a cell is marked.
 *
 * @param value What it holds.
 * @returns True where it is to be healed, however little.
 */
export function isMarked(value: number): boolean {
  return value > unmarked;
}

/**
 * Marks with what a search has found in place of what one has found before; what was painted stays.
 *
 * @param painted What is marked; undefined for nothing. Not changed.
 * @param search What was found, on the same grid: {@link found} or {@link unmarked}.
 * @returns New marks; those that there were where nothing is new, or where they are of another grid.
 */
export function withFound(painted: Mask | undefined, search: Mask): Mask | undefined {
  if (!painted) return hasMarks(search) ? search : undefined;
  if (painted.width !== search.width || painted.height !== search.height) return painted;
  const values = painted.values.map((value, i) =>
    value === unmarked || value === found ? search.values[i]! : value,
  );
  return values.every((value, i) => value === painted.values[i]) ? painted : { ...painted, values };
}
