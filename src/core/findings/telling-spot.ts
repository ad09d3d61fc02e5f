import { lumaOf } from '../picture/luma';
import type { Size } from '../picture/rect';
import { findDensestWindow } from './densest-window';

/** Steps of luma, in levels, above which an edge tells no more. */
const mostStep = 32;

/**
 * The place of a picture where the work of a network is best seen: full of fine steps, and rather in the
 * middle than at an edge.
 *
 * @param picture A small picture of the whole photo.
 * @param picture.data `[height * width * 4]`, RGBA.
 * @param window Size of the place, in its pixels; at most the picture's own.
 * @returns The place's top left corner, in its pixels.
 */
export function findTellingSpot(
  { data, width, height }: Size & { readonly data: Uint8ClampedArray },
  window: Size,
): { readonly x: number; readonly y: number } {
  const luma = (x: number, y: number): number => {
    const i = (y * width + x) * 4;
    return lumaOf(data[i]!, data[i + 1]!, data[i + 2]!);
  };
  return findDensestWindow({ width, height }, window, (x, y) => {
    const here = luma(x, y);
    const across = Math.abs(here - luma(Math.min(x + 1, width - 1), y));
    const down = Math.abs(here - luma(x, Math.min(y + 1, height - 1)));
    return Math.min(mostStep, across + down);
  });
}
