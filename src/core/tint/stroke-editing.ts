import type { Size } from '../picture/rect';
import { tintUnits, type Tint, type TintStroke } from '../recipe/tint';

/** A place on a photo, in its pixels. */
export type Place = { readonly x: number; readonly y: number };

/** How far a stroke's line may be off where places are left out, as a share of its radius. */
const slack = 0.1;

/**
 * A stroke as a tint keeps it: on its units, without the places that its line does without (Douglas and Peucker 1973).
 *
 * @param path Where it went, in pixels of the photo; at least one place.
 * @param photo Size of the photo.
 * @param radius In its pixels.
 * @param colour `#rrggbb`, or null for none.
 * @returns The stroke; what lies beside the photo is brought to its edge.
 */
export function toStroke(
  path: readonly Place[],
  photo: Size,
  radius: number,
  colour: string | null,
): TintStroke {
  const unit = (at: number, length: number) =>
    Math.min(tintUnits, Math.max(0, Math.round((at / length) * tintUnits)));
  const kept = simplify(path, slack * radius);
  const across = Math.round((radius / Math.max(photo.width, photo.height)) * tintUnits);
  return {
    colour,
    radius: Math.min(tintUnits / 2, Math.max(1, across)),
    points: kept.flatMap(({ x, y }) => [unit(x, photo.width), unit(y, photo.height)]),
  };
}

/**
 * Takes the parts of strokes away that an eraser has gone over with its middle line in reach.
 *
 * @param tint The strokes; not changed.
 * @param eraser Where it went, and how wide it is.
 * @param photo Size of the photo.
 * @returns What is left, perhaps in more strokes; null for nothing.
 */
export function eraseStrokes(tint: Tint, eraser: TintStroke, photo: Size): Tint | null {
  const longest = Math.max(photo.width, photo.height);
  const reach = (eraser.radius / tintUnits) * longest;
  const gone = walk(placesOf(eraser, photo), reach / 2);
  const isGone = ({ x, y }: Place) =>
    gone.some((each) => Math.hypot(each.x - x, each.y - y) <= reach);
  const strokes = tint.strokes.flatMap((stroke) => {
    const places = walk(placesOf(stroke, photo), reach / 2);
    if (!places.some(isGone)) return [stroke];
    const radius = (stroke.radius / tintUnits) * longest;
    return splitAt(places, isGone).map((part) => toStroke(part, photo, radius, stroke.colour));
  });
  return strokes.length > 0 ? { v: 1, strokes } : null;
}

/**
 * Where a stroke went.
 *
 * @param stroke The stroke.
 * @param photo Size of the photo.
 * @returns Places in its pixels.
 */
export function placesOf({ points }: TintStroke, { width, height }: Size): readonly Place[] {
  return Array.from({ length: points.length / 2 }, (_, i) => ({
    x: (points[2 * i]! / tintUnits) * width,
    y: (points[2 * i + 1]! / tintUnits) * height,
  }));
}

/**
 * The same line with places no further apart than a step.
 *
 * @param places The line.
 * @param step In the places' unit.
 * @returns Its places, and more between them.
 */
export function walk(places: readonly Place[], step: number): readonly Place[] {
  return places.flatMap((to, i) => {
    const from = places[i - 1];
    if (!from) return [to];
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
    return Array.from({ length: count }, (_, at) => {
      const share = (at + 1) / count;
      return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
    });
  });
}

/**
 * The parts of a line between what is gone.
 *
 * @param places The line.
 * @param isGone Says it of each place.
 * @returns Lines of what stays.
 */
export function splitAt(
  places: readonly Place[],
  isGone: (place: Place) => boolean,
): readonly (readonly Place[])[] {
  const parts: Place[][] = [];
  let isOpen = false;
  for (const place of places) {
    const stays = !isGone(place);
    if (stays && isOpen) parts.at(-1)!.push(place);
    else if (stays) parts.push([place]);
    isOpen = stays;
  }
  return parts;
}

function simplify(places: readonly Place[], tolerance: number): readonly Place[] {
  const [first, last] = [places[0]!, places.at(-1)!];
  if (places.length < 3) return places;
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  let [furthest, most] = [0, 0];
  for (let i = 1; i < places.length - 1; i++) {
    const { x, y } = places[i]!;
    const aside =
      length > 0
        ? Math.abs((x - first.x) * (last.y - first.y) - (y - first.y) * (last.x - first.x)) / length
        : Math.hypot(x - first.x, y - first.y);
    if (aside > most) [furthest, most] = [i, aside];
  }
  if (most <= tolerance) return [first, last];
  const before = simplify(places.slice(0, furthest + 1), tolerance);
  return [...before, ...simplify(places.slice(furthest), tolerance).slice(1)];
}
