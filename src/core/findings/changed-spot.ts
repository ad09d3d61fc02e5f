import { lumaOf } from '../picture/luma';
import type { Size } from '../picture/rect';
import { findDensestWindow } from './densest-window';

/** Difference of luma, in levels, from which it is seen; and above which it tells no more. */
const leastSeen = 4;
const mostSeen = 40;

/** Where two pictures of the same differ. */
export type Change = {
  /** Top left corner of the place where they differ most, in their pixels. */
  readonly x: number;
  readonly y: number;
  /** 0..1: of how many pixels the difference is seen. */
  readonly share: number;
};

/**
 * Where a result differs most from its original.
 *
 * @param before A picture of the original: `data` is `[height * width * 4]`, RGBA.
 * @param after One of the result, of the same size.
 * @param window Size of the place, in their pixels; at most their own.
 * @returns The place, and how much has changed.
 */
export function findChange(
  before: Size & { readonly data: Uint8ClampedArray },
  after: { readonly data: Uint8ClampedArray },
  window: Size,
): Change {
  const { width, height } = before;
  const luma = (data: Uint8ClampedArray, i: number) => lumaOf(data[i]!, data[i + 1]!, data[i + 2]!);
  let seen = 0;
  const spot = findDensestWindow(before, window, (x, y) => {
    const i = (y * width + x) * 4;
    const change = Math.abs(luma(after.data, i) - luma(before.data, i));
    if (change < leastSeen) return 0;
    seen++;
    return Math.min(mostSeen, change);
  });
  return { ...spot, share: seen / (width * height) };
}
