import { createPlane, type Plane } from '../picture/plane';
import { wholeRect, type Rect, type Size } from '../picture/rect';
import type { Mask } from '../recipe/finish';
import { found, isMarked, unmarked } from '../recipe/marks';

/**
 * What is to be healed of a photo, as it was marked.
 *
 * @param marks On the grid of masks: from {@link unmarked} to {@link found} the more is healed; below, nothing is.
 * @param photo Size of the photo.
 * @param part Of which part of it, inside; all by default.
 * @returns A plane of the part's size, 0..1: 0 where nothing may change. Cells are stretched linearly, so that what is
 *   marked fades over a cell.
 * @throws {RangeError} When the plane cannot be allocated.
 */
export function damagePlane(marks: Mask, photo: Size, part: Rect = wholeRect(photo)): Plane {
  const plane = createPlane(part);
  const columns = placesOf(part.x, part.width, photo.width, marks.width);
  const rows = placesOf(part.y, part.height, photo.height, marks.height);
  for (let y = 0; y < part.height; y++) {
    const upper = rowOf(marks, rows.cells[y]!);
    const lower = rowOf(marks, Math.min(marks.height - 1, rows.cells[y]! + 1));
    if (!upper.some(isMarked) && !lower.some(isMarked)) continue;
    for (let x = 0; x < part.width; x++) {
      const left = columns.cells[x]!;
      const right = Math.min(marks.width - 1, left + 1);
      const along = (row: Uint8Array) =>
        row[left]! + columns.shares[x]! * (row[right]! - row[left]!);
      const mark = along(upper) + rows.shares[y]! * (along(lower) - along(upper));
      if (mark > unmarked)
        plane.values[y * part.width + x] = Math.min(1, (mark - unmarked) / (found - unmarked));
    }
  }
  return plane;
}

function rowOf({ width, values }: Mask, row: number): Uint8Array {
  return values.subarray(row * width, (row + 1) * width);
}

/** For pixels along an axis the cell whose middle is at or before theirs, and how far they are on the way to the next. */
function placesOf(start: number, count: number, length: number, cells: number) {
  const places = { cells: new Int32Array(count), shares: new Float32Array(count) };
  for (let i = 0; i < count; i++) {
    const exact = ((start + i + 0.5) * cells) / length - 0.5;
    const within = Math.min(cells - 1, Math.max(0, exact));
    places.cells[i] = Math.floor(within);
    places.shares[i] = within - Math.floor(within);
  }
  return places;
}
