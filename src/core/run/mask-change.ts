import { intersect, widen, type Rect } from '../picture/rect';
import { isSameFinish, type Finish, type Mask } from '../recipe/finish';
import type { Plates } from './finish-pixels';
import { reachOf } from './finish-terms';

/**
 * The part of some plates that looks otherwise with one finish than with another.
 *
 * @param before One finish.
 * @param after The other.
 * @param plates Where they show the result.
 * @returns A part of the plates, in their pixels, that holds all of it: less than all of them where the finishes
 *   differ in masks of one grid alone; null where nothing differs.
 */
export function findChange(
  before: Finish,
  after: Finish,
  plates: Pick<Plates, 'columns' | 'rows' | 'whole' | 'step'>,
): Rect | null {
  const { columns, rows, whole, step } = plates;
  const all = { x: 0, y: 0, width: columns.length, height: rows.length };
  const [old, mask] = [before.mask, after.mask];
  const isOtherwiseSame = isSameFinish({ ...before, mask: null }, { ...after, mask: null });
  if (!isOtherwiseSame || !old || !mask) return isOtherwiseSame && old === mask ? null : all;
  if (old.width !== mask.width || old.height !== mask.height) return all;
  const cells = differingCells(old, mask);
  if (!cells) return null;
  // A cell's value reaches to the middles of its neighbours.
  const touched = widen(cells, 1);
  const [x, width] = findSpan(columns, touched.x, touched.width, whole.width / mask.width);
  const [y, height] = findSpan(rows, touched.y, touched.height, whole.height / mask.height);
  return intersect(widen({ x, y, width, height }, reachOf(after, step)), all);
}

function differingCells({ width, height, values }: Mask, other: Mask): Rect | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (values[i] === other.values[i]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Which of some rising places lie in a part of a coarser axis. */
function findSpan(
  places: Int32Array,
  start: number,
  length: number,
  perCell: number,
): readonly [first: number, count: number] {
  const first = places.findIndex((place) => place + 1 > start * perCell);
  const last = places.findLastIndex((place) => place < (start + length) * perCell);
  return [first < 0 ? places.length : first, first < 0 ? 0 : Math.max(0, last - first + 1)];
}
