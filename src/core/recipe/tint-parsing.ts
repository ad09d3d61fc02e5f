import { optionValidator as check } from '../validator';
import {
  mostTintPoints,
  mostTintRadius,
  mostTintStrokes,
  tintUnits,
  type Tint,
  type TintStroke,
} from './tint';

/**
 * Checks a tint that came from outside.
 *
 * @param value Anything.
 * @param path Its name, for messages.
 * @returns A new, typed tint; null where it has no strokes.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseTint(value: unknown, path: string): Tint | null {
  const fields = check.object(value, path, ['v', 'strokes']);
  const v = check.oneOf(fields['v'], [1], `${path}.v`);
  const list = check.list(fields['strokes'], `${path}.strokes`, mostTintStrokes);
  let left = mostTintPoints;
  const strokes = list.map((each, i) => {
    const stroke = parseStroke(each, `${path}.strokes[${i}]`, left);
    left -= stroke.points.length / 2;
    return stroke;
  });
  return strokes.length === 0 ? null : { v, strokes };
}

/** `left`: how many places there may still be. */
function parseStroke(value: unknown, path: string, left: number): TintStroke {
  const { colour, radius, points } = check.object(value, path, ['colour', 'radius', 'points']);
  const places = check.list(points, `${path}.points`, 2 * left);
  if (places.length < 2 || places.length % 2 > 0) throw check.wrong(`${path}.points`, 'pairs');
  return {
    colour: parseColour(colour, `${path}.colour`),
    radius: check.whole(radius, [1, mostTintRadius], `${path}.radius`),
    points: places.map((place, i) => check.whole(place, [0, tintUnits], `${path}.points[${i}]`)),
  };
}

function parseColour(value: unknown, path: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value))
    throw check.wrong(path, 'colour');
  return value.toLowerCase();
}
