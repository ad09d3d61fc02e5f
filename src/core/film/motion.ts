import type { Plane } from '../picture/plane';
import type { Size } from '../picture/rect';
import type { LumaPyramid } from './luma-pyramid';
import { agreePatches } from './patch-agreement';
import { createSearch, patchSide, type PatchSearch } from './patch-motion';

/**
 * Where the content of one frame lies in another: what is at (column, row) of the one is at (column + x, row + y) of the
 * other; in pixels of the plane that it was found in.
 */
export interface Motion extends Size {
  /** `[width * height]`, rightwards. */
  readonly x: Float32Array<ArrayBuffer>;
  /** `[width * height]`, downwards. */
  readonly y: Float32Array<ArrayBuffer>;
}

/** Pixels between patches. */
const stride = 4;

/** Squared differences of luma from which a patch counts for less where patches overlap. */
const littleDifference = 1;

/**
 * Dense motion from coarse to fine: overlapping patches, each begun where the coarser level, or a neighbour that fits better,
 * says, refined to parts of a pixel by inverse search, and mixed per pixel by how well each fits there (Kroeger et al. 2016,
 * "Fast Optical Flow using Dense Inverse Search"; the neighbours' word as in Barnes et al. 2009, "PatchMatch"). Patches are
 * compared without their mean: a change of brightness is no motion.
 *
 * @param from Luma of the frame whose pixels are asked for.
 * @param to Luma of the other, of the same sizes.
 * @returns Motion in pixels of the finest level, of its size; owns its buffers.
 */
export function findMotion(from: LumaPyramid, to: LumaPyramid): Motion {
  let motion: Motion | null = null;
  for (let level = from.levels.length - 1; level >= 0; level--) {
    const [a, b] = [from.levels[level]!, to.levels[level]!];
    motion = findAt(a, b, motion && enlargeMotion(motion, a, 2));
  }
  return motion!;
}

function findAt(from: Plane, to: Plane, start: Motion | null): Motion {
  const { width, height } = from;
  const search = createSearch(from, to);
  const columns = Math.max(1, Math.ceil((width - patchSide) / stride) + 1);
  const rows = Math.max(1, Math.ceil((height - patchSide) / stride) + 1);
  const x = new Float32Array(columns * rows);
  const y = new Float32Array(columns * rows);
  const cost = new Float64Array(columns * rows);
  const curvature = new Float64Array(columns * rows * 3);
  const begin = (column: number, row: number) => {
    const left = Math.max(0, Math.min(column * stride, width - patchSide));
    const top = Math.max(0, Math.min(row * stride, height - patchSide));
    search.begin(left, top);
    return { left, top };
  };
  const keep = (at: number) => {
    x[at] = search.x;
    y[at] = search.y;
    cost[at] = search.cost;
    curvature.set(search.curvature, 3 * at);
  };
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const { left, top } = begin(column, row);
      if (start) {
        const middle =
          Math.min(height - 1, top + patchSide / 2) * width +
          Math.min(width - 1, left + patchSide / 2);
        search.offer(start.x[middle]!, start.y[middle]!);
      } else search.offerAll();
      if (column > 0) search.offer(x[at - 1]!, y[at - 1]!);
      if (row > 0) search.offer(x[at - columns]!, y[at - columns]!);
      search.refine();
      keep(at);
    }
  for (let row = rows - 1, at = rows * columns - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--, at--) {
      begin(column, row);
      search.x = x[at]!;
      search.y = y[at]!;
      search.cost = cost[at]!;
      if (column < columns - 1) search.offer(x[at + 1]!, y[at + 1]!);
      if (row < rows - 1) search.offer(x[at + columns]!, y[at + columns]!);
      if (search.cost === cost[at]) continue;
      search.refine();
      keep(at);
    }
  agreePatches({ width: columns, height: rows, x, y, cost, curvature });
  return mixPatches(from, search, { columns, rows, begin, found: [x, y] });
}

type Patches = {
  readonly columns: number;
  readonly rows: number;
  /** Takes a patch in the search. */
  readonly begin: (column: number, row: number) => { readonly left: number; readonly top: number };
  readonly found: readonly [x: Float32Array, y: Float32Array];
};

/** Motion per pixel: of the patches over it, those that fit there. */
function mixPatches(from: Plane, search: PatchSearch, patches: Patches): Motion {
  const { width, height } = from;
  const { columns, rows, begin, found } = patches;
  const motion = createMotion(from);
  const sum = new Float32Array(width * height);
  const off = new Float32Array(patchSide * patchSide);
  const [high, wide] = [Math.min(patchSide, height), Math.min(patchSide, width)];
  for (let row = 0, k = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, k++) {
      const { left, top } = begin(column, row);
      const [u, v] = [found[0][k]!, found[1][k]!];
      search.x = u;
      search.y = v;
      search.differ(off);
      for (let i = 0; i < high; i++)
        for (let j = 0, at = (top + i) * width + left; j < wide; j++, at++) {
          const difference = off[i * patchSide + j]!;
          const weight = 1 / Math.max(littleDifference, difference * difference);
          sum[at]! += weight;
          motion.x[at]! += weight * u;
          motion.y[at]! += weight * v;
        }
    }
  for (let i = 0; i < sum.length; i++) {
    motion.x[i]! /= sum[i]!;
    motion.y[i]! /= sum[i]!;
  }
  return motion;
}

/**
 * No motion.
 *
 * @param size Its size.
 * @returns Motion that owns new buffers of zeros.
 */
export function createMotion({ width, height }: Size): Motion {
  const count = width * height;
  return { width, height, x: new Float32Array(count), y: new Float32Array(count) };
}

/**
 * Motion for a plane with more pixels, each taken from the pixel under it.
 *
 * @param motion Only read.
 * @param size The larger plane's, at least `factor` times the motion's but for what fills no whole block.
 * @param factor How many of its pixels a side of one of the motion's has.
 * @returns Motion of its own in pixels of the larger plane.
 */
function enlargeMotion(motion: Motion, size: Size, factor: number): Motion {
  const out = createMotion(size);
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.min(motion.height - 1, Math.floor(y / factor)) * motion.width;
    for (let x = 0; x < size.width; x++, to++) {
      const at = row + Math.min(motion.width - 1, Math.floor(x / factor));
      out.x[to] = factor * motion.x[at]!;
      out.y[to] = factor * motion.y[at]!;
    }
  }
  return out;
}

/**
 * Where motion there and back does not come back: what is hidden in the other frame, leaves the picture, or was not found
 * (Sundaram et al. 2010, "Dense Point Trajectories by GPU-Accelerated Large Displacement Optical Flow").
 *
 * @param there From the frame that is asked for to the other.
 * @param back From the other to this one, of the same size.
 * @returns `[width * height]`, 1 where it comes back, 0 where not; owns its buffer.
 */
export function comesBack(there: Motion, back: Motion): Uint8Array<ArrayBuffer> {
  const { width, height } = there;
  const out = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [there.x[i]!, there.y[i]!];
      const [toX, toY] = [Math.round(x + u), Math.round(y + v)];
      if (toX < 0 || toY < 0 || toX >= width || toY >= height) continue;
      const at = toY * width + toX;
      const [backX, backY] = [back.x[at]!, back.y[at]!];
      const off = (u + backX) ** 2 + (v + backY) ** 2;
      if (off <= 0.01 * (u * u + v * v + backX * backX + backY * backY) + 0.5) out[i] = 1;
    }
  return out;
}
