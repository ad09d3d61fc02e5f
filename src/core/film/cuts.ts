import type { Plane } from '../picture/plane';
import type { Raster } from '../picture/raster';
import { lumaPyramid } from './luma-pyramid';
import { meanAround } from './mean-around';

/** Pixels of the small picture that frames are compared by. */
const smallPixels = 96 * 54;

/** Side of a block of it. */
const side = 12;

/** Pixels each way that a block is looked for: a twelfth of the frame's width. */
const reach = 8;

/** Levels of noise that no block is judged by. */
const noise = 2;

/** The share of what a picture shows that is not found again from which it is another scene. */
const lost = 0.55;

/** Levels by which an even frame and a picture differ at a cut. */
const step = 12;

/**
 * Whether the second of two frames begins another scene. Each block of a small picture is looked for nearby in the other, both
 * ways, without its mean and with any contrast, so that neither motion nor a flicker or a fade is a cut.
 * An even frame, black or white, and a picture cut where their brightness differs as well. A dissolve has no cut.
 *
 * @param before The first; only read.
 * @param after The second, of the same size; only read.
 * @returns True at a cut.
 */
export function isCut(before: Raster, after: Raster): boolean {
  return differs(smallOf(before), smallOf(after));
}

/** Tells cuts of a clip, frame by frame; holds a small picture of the last one. */
export interface CutFinder {
  /**
   * Takes the next frame.
   *
   * @param raster Only read.
   * @returns Whether it begins another scene; false for the first.
   */
  next(raster: Raster): boolean;
}

/**
 * Finds cuts as `isCut` does, with one small picture a frame.
 *
 * @returns A finder that has seen nothing.
 */
export function createCutFinder(): CutFinder {
  let before: Small | null = null;
  return {
    next(raster) {
      const after = smallOf(raster);
      const found =
        before !== null &&
        (before.width !== after.width || before.height !== after.height || differs(before, after));
      before = after;
      return found;
    },
  };
}

/** A small picture without what is as wide as a lamp's light, and its mean. */
type Small = Plane & { readonly mean: number };

function smallOf(raster: Raster): Small {
  const plane = lumaPyramid(raster, smallPixels).levels[0]!;
  const wide = meanAround(plane, side / 2);
  const mean = plane.values.reduce((sum, value) => sum + value, 0) / plane.values.length;
  return { ...plane, mean, values: plane.values.map((value, i) => value - wide[i]!) };
}

function differs(before: Small, after: Small): boolean {
  const shares = [lostShare(after, before), lostShare(before, after)];
  if (!shares.includes(null)) return shares.every((share) => share! > lost);
  const isOneEven = shares[0] !== shares[1];
  return isOneEven && Math.abs(before.mean - after.mean) > step;
}

/** The share of the structure of one picture's blocks that is not found in another, 0..1; null where it has none. */
function lostShare(of: Plane, within: Plane): number | null {
  let [all, left] = [0, 0];
  for (let top = 0; top + side <= of.height; top += side)
    for (let start = 0; start + side <= of.width; start += side) {
      const own = momentsOf(of, start, top);
      const power = own.squares - side * side * noise ** 2;
      if (power <= 0) continue;
      all += power;
      left += power * (1 - bestLikeness(of, within, start, top, own));
    }
  return all === 0 ? null : left / all;
}

type Moments = { readonly mean: number; readonly squares: number };

/** Mean of a block, and the sum of squares round it. */
function momentsOf({ width, values }: Plane, left: number, top: number): Moments {
  let [sum, squares] = [0, 0];
  for (let y = top; y < top + side; y++)
    for (let at = y * width + left, end = at + side; at < end; at++) {
      sum += values[at]!;
      squares += values[at]! ** 2;
    }
  const mean = sum / side ** 2;
  return { mean, squares: squares - sum * mean };
}

/** The square of the largest correlation of a block with one nearby, 0..1. */
function bestLikeness(of: Plane, within: Plane, left: number, top: number, own: Moments): number {
  let best = 0;
  const [lastY, lastX] = [of.height - side, of.width - side];
  for (let y = Math.max(0, top - reach); y <= Math.min(lastY, top + reach); y++)
    for (let x = Math.max(0, left - reach); x <= Math.min(lastX, left + reach); x++) {
      let [sum, squares, products] = [0, 0, 0];
      for (let i = 0; i < side; i++) {
        const a = (top + i) * of.width + left;
        const b = (y + i) * of.width + x;
        for (let j = 0; j < side; j++) {
          const value = within.values[b + j]!;
          sum += value;
          squares += value * value;
          products += value * of.values[a + j]!;
        }
      }
      const covariance = products - own.mean * sum;
      if (covariance <= 0) continue;
      const power = squares - sum ** 2 / side ** 2 + side ** 2 * noise ** 2;
      best = Math.max(best, covariance ** 2 / power / own.squares);
    }
  return best;
}
