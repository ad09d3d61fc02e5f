import type { Size } from '../picture/rect';
import { blockSide } from './dct';
import type { Window } from './sample';

/** Where the first whole block of a JPEG's grid starts in every window, 0..7 each. */
export type GridPhase = { readonly x: number; readonly y: number };

/** How strong the steps before each of eight columns and rows are, in levels; and before each of the photo's. */
export type GridSteps = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** By position in the photo; NaN where nothing was sampled. */
  readonly columns: Float64Array;
  readonly rows: Float64Array;
};

/** Levels; the step between two blocks of a sky is a few levels even at quality 20. */
const mostJump = 12;

/**
 * Looks for the grid that a JPEG compression has left: steps that neither side's slope explains
 * (Fan and de Queiroz, "Identification of bitmap compression history", IEEE TIP 2003).
 *
 * @param windows What was sampled of the photo.
 * @returns The mean steps, by position and by position modulo 8.
 */
export function measureGrid(windows: readonly Window[]): GridSteps {
  const columns = measureSteps(windows, 'x');
  const rows = measureSteps(windows, 'y');
  return {
    x: foldSteps(columns),
    y: foldSteps(rows),
    columns: meanOf(columns),
    rows: meanOf(rows),
  };
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

/** Steps by position along an axis: their sum and their number. */
type Sums = { readonly sums: Float64Array; readonly counts: Float64Array };

function measureSteps(windows: readonly Window[], axis: 'x' | 'y'): Sums {
  const ends = windows.map((each) => (axis === 'x' ? each.x + each.width : each.y + each.height));
  const sums = new Float64Array(Math.max(0, ...ends));
  const counts = new Float64Array(sums.length);
  for (const { x, y, width, height, luma } of windows) {
    const length = axis === 'x' ? width : height;
    const first = axis === 'x' ? x : y;
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
        sums[first + i]! += Math.min(jump, mostJump);
        counts[first + i]!++;
      }
  }
  return { sums, counts };
}

/** The mean by position modulo 8; windows start at multiples of it. */
function foldSteps({ sums, counts }: Sums): Float64Array {
  const folded = { sums: new Float64Array(blockSide), counts: new Float64Array(blockSide) };
  sums.forEach((sum, i) => {
    folded.sums[i % blockSide]! += sum;
    folded.counts[i % blockSide]! += counts[i]!;
  });
  return folded.sums.map((sum, i) => sum / Math.max(1, folded.counts[i]!));
}

function meanOf({ sums, counts }: Sums): Float64Array {
  return sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : NaN));
}
