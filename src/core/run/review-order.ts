import type { Rect, Size } from '../picture/rect';
import type { Face } from '../recipe/faces';

/** Where a face's eyes and mouth lie in its box, in parts of it, from brow to chin. */
const tellingParts = [
  { left: 0.08, right: 0.92, top: 0.2, bottom: 0.52 },
  { left: 0.2, right: 0.8, top: 0.64, bottom: 0.95 },
] as const;

/**
 * Puts what a person minds most first: eyes and mouths, then the rest of faces.
 *
 * @param parts In the order that each of these is to keep.
 * @param faces Where faces are known to be.
 * @param photo Size of the photo, in pixels.
 * @returns The same parts.
 */
export function putFacesFirst<Part extends { readonly rect: Rect }>(
  parts: readonly Part[],
  faces: readonly Face[],
  photo: Size,
): readonly Part[] {
  const minded = ({ rect }: Part): number =>
    Math.max(0, ...faces.map((face) => mindedIn(face, rect, photo)));
  return parts
    .map((part) => ({ part, rank: minded(part) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ part }) => part);
}

/** 2 for what lies on eyes or a mouth, 1 for the rest of the face, 0 beside it: the part's middle says it. */
function mindedIn(face: Face, rect: Rect, photo: Size): 0 | 1 | 2 {
  const x = ((rect.x + rect.width / 2) / photo.width - face.x) / face.width;
  const y = ((rect.y + rect.height / 2) / photo.height - face.y) / face.height;
  const isIn = (part: { left: number; right: number; top: number; bottom: number }) =>
    x >= part.left && x <= part.right && y >= part.top && y <= part.bottom;
  if (tellingParts.some(isIn)) return 2;
  return isIn({ left: 0, right: 1, top: 0, bottom: 1 }) ? 1 : 0;
}
