import type { Rect, Size } from './rect';

/** A picture of one channel, row by row. */
export type Plane = Size & { readonly values: Float32Array<ArrayBuffer> };

/** Planes of a photo's size by their names, 0..1: a mask, what a renderer knows of each pixel. */
export type PhotoPlanes = Readonly<Record<string, Plane>>;

/**
 * An empty picture.
 *
 * @param size Its size.
 * @returns A plane of zeros.
 */
export function createPlane({ width, height }: Size): Plane {
  return { width, height, values: new Float32Array(width * height) };
}

/**
 * What lies between the values of a plane, linearly; beyond its edge is what lies at the edge.
 *
 * @param plane Read from.
 * @param plane.width Its width.
 * @param plane.height Its height.
 * @param plane.values Its values, row by row.
 * @param x Pixels from the middle of the leftmost one.
 * @param y Pixels from the middle of the uppermost one.
 * @returns NaN beside one that is NaN.
 */
export function readBetween(
  { width, height, values }: Size & { readonly values: Float32Array },
  x: number,
  y: number,
): number {
  const column = Math.max(0, Math.min(width - 1, x));
  const row = Math.max(0, Math.min(height - 1, y));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = top * width + left;
  const right = left < width - 1 ? 1 : 0;
  const under = top < height - 1 ? width : 0;
  const upper = values[at]! + (column - left) * (values[at + right]! - values[at]!);
  const start = values[at + under]!;
  const lower = start + (column - left) * (values[at + under + right]! - start);
  return upper + (row - top) * (lower - upper);
}

/**
 * A copy of a part.
 *
 * @param source Read from.
 * @param x Left edge of the part, inside the source.
 * @param y Its upper edge.
 * @param size Its size.
 * @returns A plane of its own.
 */
export function crop(source: Plane, x: number, y: number, size: Size): Plane {
  const out = createPlane(size);
  for (let row = 0; row < out.height; row++) {
    const start = (y + row) * source.width + x;
    out.values.set(source.values.subarray(start, start + out.width), row * out.width);
  }
  return out;
}

/**
 * A copy of a part of a plane that goes on beyond each edge with its opposite side, without end.
 *
 * @param source Read from.
 * @param part The part, anywhere.
 * @returns A plane of its own.
 */
export function cropEndless(source: Plane, part: Rect): Plane {
  const out = createPlane(part);
  const place = (n: number, length: number) => ((n % length) + length) % length;
  for (let row = 0, to = 0; row < out.height; row++)
    for (let column = 0; column < out.width; column++, to++) {
      const from = place(part.y + row, source.height) * source.width;
      out.values[to] = source.values[from + place(part.x + column, source.width)]!;
    }
  return out;
}

/**
 * A copy of a part of each plane.
 *
 * @param planes Read from.
 * @param part The part, inside of them.
 * @returns Planes of their own by the same names.
 */
export function cropPlanes(planes: PhotoPlanes, part: Rect): PhotoPlanes {
  const entries = Object.entries(planes);
  return Object.fromEntries(
    entries.map(([name, plane]) => [name, crop(plane, part.x, part.y, part)]),
  );
}

/**
 * The mean of each block.
 *
 * @param source Read from.
 * @param factor Side of a block; divides both sides.
 * @returns A plane of its own.
 */
export function reduce(source: Plane, factor: number): Plane {
  const out = createPlane({ width: source.width / factor, height: source.height / factor });
  for (const [i, value] of source.values.entries()) {
    const x = Math.floor((i % source.width) / factor);
    const y = Math.floor(i / source.width / factor);
    out.values[y * out.width + x]! += value / factor ** 2;
  }
  return out;
}
