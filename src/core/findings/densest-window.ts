import type { Size } from '../picture/rect';

/** How much less a place counts in a corner than in the middle. */
const cornerLoss = 0.3;

/**
 * The place of a picture where there is most of something, rather in the middle than at an edge.
 *
 * @param picture Its size.
 * @param window Size of the place, in pixels; at most the picture's own.
 * @param amountAt How much of it a pixel has; asked once for each.
 * @returns The place's top left corner, in pixels; the middle where there is nothing of it.
 */
export function findDensestWindow(
  { width, height }: Size,
  window: Size,
  amountAt: (x: number, y: number) => number,
): { readonly x: number; readonly y: number } {
  const sums = sumAmounts(width, height, amountAt);
  const at = (x: number, y: number): number => sums[y * (width + 1) + x]!;
  const most = { x: Math.max(0, width - window.width), y: Math.max(0, height - window.height) };
  let best = { x: most.x >> 1, y: most.y >> 1 };
  let highest = 0;
  for (let y = 0; y <= most.y; y++)
    for (let x = 0; x <= most.x; x++) {
      const [right, bottom] = [x + window.width, y + window.height];
      const amount = at(right, bottom) - at(x, bottom) - at(right, y) + at(x, y);
      const away = Math.hypot(offset(x, most.x), offset(y, most.y)) / Math.SQRT2;
      const score = amount * (1 - cornerLoss * away);
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

/** `[(height + 1) * (width + 1)]`: the amounts above and left of each pixel, in all. */
function sumAmounts(
  width: number,
  height: number,
  amountAt: (x: number, y: number) => number,
): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += amountAt(x, y);
      const i = (y + 1) * (width + 1) + x + 1;
      sums[i] = sums[i - width - 1]! + row;
    }
  }
  return sums;
}
