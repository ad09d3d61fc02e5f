import { EnhanceError } from '../errors';
import type { Rect, Size } from '../picture/rect';
import type { Turn } from '../picture/turned';
import { wholeFrame, type Frame } from '../recipe/frame';

/** How far a crop at an angle may reach beyond the photo, whose edge is mirrored there: its corners are seldom whole. */
const mostBeyond = 1;

/**
 * A map of the plane: x and y become `a x + b y + c` and `d x + e y + f`, in that order. Pixel edges lie on whole
 * numbers.
 */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * What a frame cuts out.
 *
 * @param frame The frame.
 * @param photo The photo's size.
 * @returns In the photo's pixels as if it were not turned by the angle; whole sizes, and whole places but where the
 *   frame has an angle and no crop.
 */
export function cutOf({ crop, angle }: Frame, photo: Size): Rect {
  if (crop) return crop;
  const { width, height } = largestInside(photo, photo, angle);
  return { x: (photo.width - width) / 2, y: (photo.height - height) / 2, width, height };
}

/**
 * The largest rectangle of a shape, round the middle of a photo that is turned, that lies in the photo.
 *
 * @param photo The photo's size.
 * @param shape Its width and height, in any unit.
 * @param angle Degrees.
 * @returns Whole pixels, at least one.
 */
export function largestInside(photo: Size, shape: Size, angle: number): Size {
  const radians = (Math.abs(angle) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const across = photo.width / (shape.width * cos + shape.height * sin);
  const down = photo.height / (shape.width * sin + shape.height * cos);
  // What fits exactly may come out a billionth too small.
  const side = (length: number) => Math.max(1, Math.floor(length * Math.min(across, down) + 1e-6));
  return { width: side(shape.width), height: side(shape.height) };
}

/**
 * The size of what a frame makes of a photo.
 *
 * @param frame The frame; left out for the photo as it is.
 * @param photo The photo's size.
 * @returns Pixels.
 */
export function framedSize(frame: Frame | undefined, photo: Size): Size {
  if (!frame) return photo;
  const { width, height } = cutOf(frame, photo);
  return frame.turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/**
 * Refuses a frame that a photo does not fill.
 *
 * @param frame The frame.
 * @param photo The photo's size.
 * @throws {EnhanceError} `crop-outside-photo`.
 */
export function checkFrame(frame: Frame, photo: Size): void {
  const { width, height } = framedSize(frame, photo);
  const map = photoMap(frame, photo);
  const beyond = frame.angle === 0 ? 0 : mostBeyond;
  const isOutside = ([x, y]: readonly [number, number]) =>
    Math.min(x, y) < -beyond || x > photo.width + beyond || y > photo.height + beyond;
  const corners = [0, width].flatMap((x) => [0, height].map((y) => mapPoint(map, x, y)));
  if (corners.some(isOutside))
    throw new EnhanceError('crop-outside-photo', { width: photo.width, height: photo.height });
}

/**
 * Where in a photo the places of what a frame makes of it come from.
 *
 * @param frame The frame; left out for the photo as it is.
 * @param photo The photo's size.
 * @returns From the framed picture's pixels to the photo's.
 */
export function photoMap(frame: Frame = wholeFrame, photo: Size): Affine {
  const cut = cutOf(frame, photo);
  const framed = framedSize(frame, photo);
  const radians = (frame.angle * Math.PI) / 180;
  const [cos, sin] = frame.angle === 0 ? [1, 0] : [Math.cos(radians), Math.sin(radians)];
  const at = (across: number, y: number): readonly [number, number] => {
    const x = frame.flip ? framed.width - across : across;
    const [u, v] = turnBack(x, y, frame.turns, cut);
    const [right, down] = [u - cut.width / 2, v - cut.height / 2];
    return [
      cut.x + cut.width / 2 + cos * right + sin * down,
      cut.y + cut.height / 2 - sin * right + cos * down,
    ];
  };
  const [[c, f], [right, rightDown], [down, downDown]] = [at(0, 0), at(1, 0), at(0, 1)];
  return [right - c, down - c, c, rightDown - f, downDown - f, f];
}

/**
 * A place, mapped.
 *
 * @param map The map.
 * @param x Across.
 * @param y Down.
 * @returns Where it comes to lie.
 */
export function mapPoint([a, b, c, d, e, f]: Affine, x: number, y: number): [number, number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/**
 * The way back.
 *
 * @param map A map that keeps areas, as those of frames do.
 * @returns Its inverse.
 */
export function invertMap([a, b, c, d, e, f]: Affine): Affine {
  const det = a * e - b * d;
  return [
    ...([e / det, -b / det, (b * f - c * e) / det] as const),
    ...([-d / det, a / det, (c * d - a * f) / det] as const),
  ];
}

/**
 * How a frame's quarter turns and its mirror lay pixels down.
 *
 * @param frame The frame.
 * @returns For `turned`.
 */
export function turnOf({ turns, flip }: Frame): Turn {
  const onItsSide = turns % 2 === 1;
  const mirrorX = turns >= 2;
  const mirrorY = turns === 1 || turns === 2;
  return {
    onItsSide,
    mirrorX: mirrorX !== (flip && !onItsSide),
    mirrorY: mirrorY !== (flip && onItsSide),
  };
}

/** From a picture that was turned by quarters to what was turned. */
function turnBack(x: number, y: number, turns: Frame['turns'], { width, height }: Size) {
  switch (turns) {
    case 0:
      return [x, y] as const;
    case 1:
      return [y, height - x] as const;
    case 2:
      return [width - x, height - y] as const;
    case 3:
      return [width - y, x] as const;
  }
}
