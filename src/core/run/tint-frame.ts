import { framedSize, invertMap, mapPoint, photoMap } from '../frame/geometry';
import type { Size } from '../picture/rect';
import type { Frame } from '../recipe/frame';
import { mostTintPoints, mostTintStrokes, tintUnits, type Tint } from '../recipe/tint';
import { placesOf, splitAt, toStroke, walk, type Place } from '../tint/stroke-editing';

/** How far apart places are looked at, as a share of a stroke's radius. */
const step = 0.5;

/**
 * A tint for another frame of its photo: strokes stay where they are in what is seen.
 *
 * @param tint Painted in the one frame; not changed.
 * @param change The frames and the photo.
 * @param change.from The frame that it was painted in; left out for the photo as it is.
 * @param change.to The other.
 * @param change.photo Size of the photo as it is.
 * @returns A new tint, without what lies outside of the other frame; null for nothing.
 */
export function reframeTint(
  tint: Tint,
  { from, to, photo }: { readonly from?: Frame; readonly to?: Frame; readonly photo: Size },
): Tint | null {
  const [before, after] = [framedSize(from, photo), framedSize(to, photo)];
  const there = photoMap(from, photo);
  const back = invertMap(photoMap(to, photo));
  const move = ({ x, y }: Place): Place => {
    const [right, down] = mapPoint(back, ...mapPoint(there, x, y));
    return { x: right, y: down };
  };
  const isOutside = ({ x, y }: Place) => Math.min(x, y) < 0 || x > after.width || y > after.height;
  const strokes = tint.strokes.flatMap((stroke) => {
    const radius = (stroke.radius / tintUnits) * Math.max(before.width, before.height);
    const moved = walk(placesOf(stroke, before).map(move), radius * step);
    return splitAt(moved, isOutside).map((part) => toStroke(part, after, radius, stroke.colour));
  });
  const kept = strokes.slice(0, mostTintStrokes);
  while (kept.reduce((sum, { points }) => sum + points.length / 2, 0) > mostTintPoints) kept.pop();
  return kept.length > 0 ? { v: 1, strokes: kept } : null;
}
