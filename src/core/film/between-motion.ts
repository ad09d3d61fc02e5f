import type { Plane } from '../picture/plane';
import { meanAround } from './mean-around';
import { comesBack, createMotion, type Motion } from './motion';

/** Half the side of the window in which candidates are compared. */
const windowReach = 2;

/** Levels that a candidate must be better by than those before it. */
const better = 0.6;

/** Levels of difference from which a place is not understood. */
const strange = 12;

/** Where each pixel of a picture between two frames comes from. */
export interface BetweenMotion {
  /** How far each pixel moves from the first frame to the second, in pixels. */
  readonly motion: Motion;
  /** `[width * height]`, 0..1: how much of the first frame's share may be believed; 0 where only the second shows the place. */
  readonly first: Float32Array<ArrayBuffer>;
  /** The same of the second frame. */
  readonly second: Float32Array<ArrayBuffer>;
}

/** Motion between two frames, both ways, and what it was found in. */
export interface FramePair {
  readonly from: Plane;
  readonly to: Plane;
  readonly there: Motion;
  readonly back: Motion;
  /** What of each is seen in both: its motion comes back. */
  readonly isSeenBoth: readonly [from: Uint8Array, to: Uint8Array];
}

/**
 * How much of two frames is the same.
 *
 * @param pair The frames.
 * @param pair.isSeenBoth What of each is seen in both.
 * @returns 0..1.
 */
export function sharedPart({ isSeenBoth }: FramePair): number {
  const count = isSeenBoth[0].length;
  const sums = isSeenBoth.map((seen) => seen.reduce((sum, n) => sum + n, 0));
  return (sums[0]! + sums[1]!) / count / 2;
}

/**
 * What is known of two frames before a picture between them is made.
 *
 * @param from Luma of the first.
 * @param to Luma of the second.
 * @param there Motion from the first to the second, in pixels of these planes.
 * @param back Motion from the second to the first.
 * @returns It all, with what is seen in both.
 */
export function pairFrames(from: Plane, to: Plane, there: Motion, back: Motion): FramePair {
  const isSeenBoth = [comesBack(there, back), comesBack(back, there)] as const;
  return { from, to: lightAs(to, from), there, back, isSeenBoth };
}

/** A plane with the mean and the contrast of another, so that a fade is not taken for what moves. */
function lightAs(plane: Plane, other: Plane): Plane {
  const [own, wanted] = [momentsOf(plane), momentsOf(other)];
  const gain = Math.min(2, Math.max(0.5, (wanted.deviation + 1) / (own.deviation + 1)));
  const values = plane.values.map((value) => wanted.mean + gain * (value - own.mean));
  return { ...plane, values };
}

function momentsOf({ values }: Plane) {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

/**
 * The motion of a picture between two frames: that of each frame is carried to it, of both and of no motion at all the one is taken
 * with which the frames agree best round a pixel, and what only one frame's motion reaches, and does not come back, is hidden in
 * the other. Where even the best does not fit, nothing is moved: the frames are only mixed there (after Baker et al. 2011, "A Database and Evaluation Methodology for Optical Flow", section 3.3.2, and Herbst et
 * al. 2009, "Occlusion Reasoning for Temporal Interpolation using Optical Flow").
 *
 * @param pair The frames.
 * @param phase When it is, above 0 and below 1 from the first to the second.
 * @returns Motion of the planes' size; owns its buffers.
 */
export function findBetween(pair: FramePair, phase: number): BetweenMotion {
  const { from, there, back, isSeenBoth } = pair;
  const count = from.width * from.height;
  const carried = carry(there, isSeenBoth[0], phase, 1);
  const returned = carry(back, isSeenBoth[1], 1 - phase, -1);
  const motion = createMotion(from);
  const costs = new Float32Array(count).fill(Infinity);
  const candidates = [createMotion(from), carried.motion, returned.motion];
  for (const candidate of candidates) {
    const cost = costOf(pair, candidate, phase);
    for (let i = 0; i < count; i++)
      if (cost[i]! < costs[i]! - better) {
        costs[i] = cost[i]!;
        motion.x[i] = candidate.x[i]!;
        motion.y[i] = candidate.y[i]!;
      }
  }
  const first = new Float32Array(count).fill(1);
  const second = new Float32Array(count).fill(1);
  for (let i = 0; i < count; i++) {
    const [a, b] = [carried.seen[i]!, returned.seen[i]!];
    const isFirstOnly = costs[i]! > strange && a === onlyHere && b !== both;
    const isSecondOnly = costs[i]! > strange && b === onlyHere && a !== both;
    if (isFirstOnly !== isSecondOnly) {
      (isFirstOnly ? second : first)[i] = 0;
      const source = (isFirstOnly ? carried : returned).motion;
      motion.x[i] = source.x[i]!;
      motion.y[i] = source.y[i]!;
    } else if (costs[i]! > strange) motion.x[i] = motion.y[i] = 0;
  }
  return { motion, first: soften(first, from), second: soften(second, from) };
}

/** What motion reached a pixel: none, one that does not come back, one that does. */
const [nothing, onlyHere, both] = [0, 1, 2];

type Carried = { readonly motion: Motion; readonly seen: Uint8Array };

/**
 * A frame's motion where it has come to after a part of it: what comes back before what does not, the less of two that meet
 * since what is behind moves less; holes take what is beside them.
 */
function carry(own: Motion, isSeenBoth: Uint8Array, part: number, sign: 1 | -1): Carried {
  const { width, height } = own;
  const motion = createMotion(own);
  const seen = new Uint8Array(width * height).fill(nothing);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [own.x[i]!, own.y[i]!];
      const rank = isSeenBoth[i] ? both : onlyHere;
      const [column, row] = [Math.floor(x + part * u), Math.floor(y + part * v)];
      for (let k = 0; k < 4; k++) {
        const [toX, toY] = [column + (k & 1), row + (k >> 1)];
        if (toX < 0 || toY < 0 || toX >= width || toY >= height) continue;
        const at = toY * width + toX;
        if (rank < seen[at]!) continue;
        if (rank === seen[at] && Math.hypot(motion.x[at]!, motion.y[at]!) >= Math.hypot(u, v))
          continue;
        seen[at] = rank;
        motion.x[at] = sign * u;
        motion.y[at] = sign * v;
      }
    }
  fillHoles(motion, seen);
  return { motion, seen };
}

/** Motion of the nearest pixel in the row that has one, the lesser of both sides; of the row above where a row has none. */
function fillHoles({ width, height, x, y }: Motion, seen: Uint8Array): void {
  for (let row = 0; row < height; row++) {
    const start = row * width;
    for (let column = 0; column < width;) {
      if (seen[start + column] !== nothing) {
        column++;
        continue;
      }
      let end = column;
      while (end < width && seen[start + end] === nothing) end++;
      const [left, right] = [start + column - 1, start + end];
      const hasLeft = column > 0;
      const hasRight = end < width;
      let source = hasLeft ? left : hasRight ? right : start + column - width;
      if (hasLeft && hasRight && Math.hypot(x[right]!, y[right]!) < Math.hypot(x[left]!, y[left]!))
        source = right;
      for (let k = column; k < end; k++) {
        const from = hasLeft || hasRight ? source : start + k - width;
        if (from < 0) continue;
        x[start + k] = x[from]!;
        y[start + k] = y[from]!;
      }
      column = end;
    }
  }
}

/** How far the two frames are from each other along a motion, in levels: the mean of a small window, Infinity outside of a frame. */
function costOf({ from, to }: FramePair, motion: Motion, phase: number): Float32Array {
  const { width, height } = from;
  const off = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [motion.x[i]!, motion.y[i]!];
      const a = readPlane(from, x - phase * u, y - phase * v);
      off[i] = Math.abs(a - readPlane(to, x + (1 - phase) * u, y + (1 - phase) * v));
    }
  return meanAround({ width, height, values: off }, windowReach);
}

/** Reads a plane between its pixels, linearly, its edges continued. */
function readPlane({ width, height, values }: Plane, x: number, y: number): number {
  const column = Math.max(0, Math.min(width - 1.001, x));
  const row = Math.max(0, Math.min(height - 1.001, y));
  const left = column | 0;
  const top = row | 0;
  const right = column - left;
  const at = top * width + left;
  const upper = values[at]! + right * (values[at + 1]! - values[at]!);
  const under = at + width;
  const lower = values[under]! + right * (values[under + 1]! - values[under]!);
  return upper + (row - top) * (lower - upper);
}

const soften = (values: Float32Array<ArrayBuffer>, { width, height }: Plane) =>
  meanAround({ width, height, values }, 1);
