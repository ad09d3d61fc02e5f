import type { Size } from '../picture/rect';

/** What was found for a grid of patches, row by row. */
export interface PatchGrid extends Size {
  /** Rightwards, in pixels. */
  readonly x: Float32Array;
  /** Downwards, in pixels. */
  readonly y: Float32Array;
  /** The mean square of what differs there, in levels. */
  readonly cost: Float64Array;
  /** How the sum of squares grows away from there: `[width * height * 3]`, by x squared, x times y and y squared. */
  readonly curvature: Float64Array;
}

/** Sweeps over the grid, forth and back in turn. */
const sweeps = 8;

/** What one neighbour's word counts for, in the sum of squares over their mean that a pixel of motion costs. */
const stiffness = 500;

/** Pixels from which neighbours that move apart hold each other the less. */
const apart = 1.3;

/** Mean squares that any patch is believed to differ by, at least. */
const leastCost = 4;

/**
 * Lets patches agree with their neighbours: each keeps to what it found as firmly as its texture tells of it beyond its noise, and
 * else takes its neighbours' motion, those most that move as it does, so that edges of motion stay. Without it patches follow their noise. The
 * energy is that of Black and Anandan 1996, "The Robust Estimation of Multiple Motions", with the data term as the parabola that
 * patch search found; its least is approached by Gauss-Seidel sweeps.
 *
 * @param grid Its `x` and `y` are changed.
 */
export function agreePatches({ width, height, x, y, cost, curvature }: PatchGrid): void {
  const [ownX, ownY] = [x.slice(), y.slice()];
  const count = width * height;
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (let k = 0; k < count; k++) {
      const at = sweep % 2 === 0 ? k : count - 1 - k;
      const column = at % width;
      let [sum, sumX, sumY] = [0, 0, 0];
      const hear = (other: number) => {
        const off = (x[at]! - x[other]!) ** 2 + (y[at]! - y[other]!) ** 2;
        const weight = stiffness / (1 + off / apart ** 2);
        sum += weight;
        sumX += weight * x[other]!;
        sumY += weight * y[other]!;
      };
      if (column > 0) hear(at - 1);
      if (column < width - 1) hear(at + 1);
      if (at >= width) hear(at - width);
      if (at < count - width) hear(at + width);
      const scale = 1 / Math.max(leastCost, cost[at]!);
      const xx = curvature[3 * at]! * scale;
      const xy = curvature[3 * at + 1]! * scale;
      const yy = curvature[3 * at + 2]! * scale;
      const determinant = (xx + sum) * (yy + sum) - xy * xy;
      if (determinant <= 0) continue;
      const wantX = xx * ownX[at]! + xy * ownY[at]! + sumX;
      const wantY = xy * ownX[at]! + yy * ownY[at]! + sumY;
      x[at] = ((yy + sum) * wantX - xy * wantY) / determinant;
      y[at] = ((xx + sum) * wantY - xy * wantX) / determinant;
    }
}
