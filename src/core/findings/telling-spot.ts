import { lumaOf } from '../picture/luma';
import type { Size } from '../picture/rect';

/** Steps of luma, in levels, above which an edge tells no more. */
const mostStep = 32;

/** How much less a place counts in a corner than in the middle. */
const cornerLoss = 0.3;

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
  const sums = sumSteps(data, width, height);
  const at = (x: number, y: number): number => sums[y * (width + 1) + x]!;
  const most = { x: Math.max(0, width - window.width), y: Math.max(0, height - window.height) };
  let best = { x: most.x >> 1, y: most.y >> 1 };
  let highest = 0;
  for (let y = 0; y <= most.y; y++)
    for (let x = 0; x <= most.x; x++) {
      const [right, bottom] = [x + window.width, y + window.height];
      const steps = at(right, bottom) - at(x, bottom) - at(right, y) + at(x, y);
      const away = Math.hypot(offset(x, most.x), offset(y, most.y)) / Math.SQRT2;
      const score = steps * (1 - cornerLoss * away);
      if (score <= highest) continue;
      highest = score;
      best = { x, y };
    }
  return best;
}

/** -1..1: how far a place is from the middle of its range. */
function offset(place: number, most: number): number {
  return most > 0 ? (2 * place) / most - 1 : 0;
}

/** `[(height + 1) * (width + 1)]`: the steps of luma above and left of each pixel, in all. */
function sumSteps(data: Uint8ClampedArray, width: number, height: number): Float64Array {
  const luma = (x: number, y: number): number => {
    const i = (y * width + x) * 4;
    return lumaOf(data[i]!, data[i + 1]!, data[i + 2]!);
  };
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const here = luma(x, y);
      const across = Math.abs(here - luma(Math.min(x + 1, width - 1), y));
      const down = Math.abs(here - luma(x, Math.min(y + 1, height - 1)));
      row += Math.min(mostStep, across + down);
      const i = (y + 1) * (width + 1) + x + 1;
      sums[i] = sums[i - width - 1]! + row;
    }
  }
  return sums;
}
