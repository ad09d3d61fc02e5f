/** A width and a height in pixels, whole and positive. */
export type Size = { readonly width: number; readonly height: number };

/** A rectangle in pixels; `x`, `y` is its top left corner. May have fractions where that is said. */
export type Rect = Size & { readonly x: number; readonly y: number };

/**
 * All of a picture.
 *
 * @param size Its size.
 * @returns The rectangle at 0, 0.
 */
export function wholeRect({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}

/**
 * A rectangle on a grid that is finer by a factor.
 *
 * @param rect The rectangle.
 * @param scale The factor.
 * @returns The same part of the picture, in pixels of the finer grid.
 */
export function magnify({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/**
 * A rectangle widened on every side.
 *
 * @param rect The rectangle.
 * @param reach By how much.
 * @returns The wider one, which may lie outside the picture.
 */
export function widen({ x, y, width, height }: Rect, reach: number): Rect {
  return { x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach };
}

/**
 * A rectangle with its upper left corner on a grid.
 *
 * @param rect Any, also with a corner below 0.
 * @param multiple Side of the grid's cells, whole pixels.
 * @returns The rectangle, grown to the left and upwards by less than a cell.
 */
export function alignStart({ x, y, width, height }: Rect, multiple: number): Rect {
  const left = Math.floor(x / multiple) * multiple;
  const top = Math.floor(y / multiple) * multiple;
  return { x: left, y: top, width: x + width - left, height: y + height - top };
}

/**
 * What two rectangles have in common.
 *
 * @param a One, fractions allowed.
 * @param b The other.
 * @returns The common part, or null where there is none.
 */
export function intersect(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * A rectangle as far to the right and down.
 *
 * @param rect The rectangle.
 * @param by How far, along both axes; to the left and up where it is negative.
 * @returns Another of the same size.
 */
export function shift(rect: Rect, by: number): Rect {
  return { ...rect, x: rect.x + by, y: rect.y + by };
}

/**
 * The whole pixels under a rectangle.
 *
 * @param rect The rectangle, fractions allowed.
 * @param size The picture's size.
 * @returns The smallest rectangle of whole pixels that holds all of it that lies in the picture; one
 *   pixel at least.
 */
export function coverPixels(rect: Rect, size: Size): Rect {
  const [x, width] = cover(rect.x, rect.width, size.width);
  const [y, height] = cover(rect.y, rect.height, size.height);
  return { x, y, width, height };
}

function cover(start: number, length: number, whole: number): readonly [number, number] {
  const first = Math.min(Math.max(0, Math.floor(start)), whole - 1);
  const end = Math.min(whole, Math.ceil(start + length));
  return [first, Math.max(1, end - first)];
}

/**
 * A part of a picture on the grid of the same picture at another size. Edges are rounded, not sizes, so
 * that neighbours share them.
 *
 * @param rect The part.
 * @param from Size of the picture that it is a part of.
 * @param to Size of the other.
 * @returns Whole pixels of the other; its width or height is 0 where it has no pixel there.
 */
export function snapRect(rect: Rect, from: Size, to: Size): Rect {
  const x = Math.round((rect.x * to.width) / from.width);
  const y = Math.round((rect.y * to.height) / from.height);
  const right = Math.round(((rect.x + rect.width) * to.width) / from.width);
  const bottom = Math.round(((rect.y + rect.height) * to.height) / from.height);
  return { x, y, width: right - x, height: bottom - y };
}
