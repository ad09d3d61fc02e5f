import type { Size } from '../picture/rect';
import { blockSide } from './dct';
import type { Window } from './sample';

/** Where the first whole block of a JPEG's grid starts in every window, 0..7 each. */
export type GridPhase = { readonly x: number; readonly y: number };

/** How strong the steps before each of eight columns and rows are, in levels. */
export type GridSteps = { readonly x: Float64Array; readonly y: Float64Array };

/** Levels; the step between two blocks of a sky is a few levels even at quality 20. */
const mostJump = 12;

/**
 * Looks for the grid that a JPEG compression has left: steps that neither side's slope explains
 * (Fan and de Queiroz, "Identification of bitmap compression history", IEEE TIP 2003).
 *
 * @param windows What was sampled of the photo.
 * @returns The mean steps, by position modulo 8.
 */
export function measureGrid(windows: readonly Window[]): GridSteps {
  return { x: measureSteps(windows, 'x'), y: measureSteps(windows, 'y') };
}

/**
 * The likeliest phase of a grid, whether there is one or not.
 *
 * @param steps How strong the steps are.
 * @returns Where they are strongest.
 */
export function findGrid({ x, y }: GridSteps): GridPhase {
  return { x: x.indexOf(Math.max(...x)), y: y.indexOf(Math.max(...y)) };
}

/**
 * The phase of a JPEG file's own grid: it starts at the picture's corner, or where the file's
 * orientation turned the picture, perhaps at the opposite one.
 *
 * @param steps How strong the steps are.
 * @param size The picture's.
 * @returns The likelier of the two for each axis.
 */
export function gridOfFile({ x, y }: GridSteps, { width, height }: Size): GridPhase {
  const likelier = (steps: Float64Array, turned: number) =>
    steps[turned]! > steps[0]! ? turned : 0;
  return { x: likelier(x, width % blockSide), y: likelier(y, height % blockSide) };
}

function measureSteps(windows: readonly Window[], axis: 'x' | 'y'): Float64Array {
  const sums = new Float64Array(blockSide);
  const counts = new Float64Array(blockSide);
  for (const { width, height, luma } of windows) {
    const length = axis === 'x' ? width : height;
    const stride = axis === 'x' ? 1 : width;
    const nextLine = axis === 'x' ? width : 1;
    const lines = axis === 'x' ? height : width;
    for (let line = 0; line < lines; line += 2)
      for (let i = 2; i + 1 < length; i++) {
        const at = line * nextLine + i * stride;
        const before = luma[at - stride]!;
        const after = luma[at]!;
        const slopes = luma[at + stride]! - after + before - luma[at - 2 * stride]!;
        const jump = Math.abs(after - before - slopes / 2);
        if (Number.isNaN(jump)) continue;
        // Capped, so that a few strong edges do not outvote many faint lines.
        sums[i % blockSide]! += Math.min(jump, mostJump);
        counts[i % blockSide]!++;
      }
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i]!));
}
