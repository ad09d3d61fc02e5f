import type { Rect, Size } from '../../../core/picture/rect';
import type { Frame } from '../../../core/recipe/frame';

/** A photo as it lies under a crop: turned and mirrored by quarters already, and straightened by degrees, clockwise. */
export type Ground = Size & { readonly angle: number };

/**
 * How a photo is cropped, as it is seen: the box in pixels from the photo's middle, after everything that turns it.
 */
export type Crop = Pick<Frame, 'angle' | 'turns' | 'flip'> & { readonly box: Rect };

/** Steps of a search for how far something may go: to a thousandth of a pixel. */
const searchSteps = 26;

/** How far a box may reach beyond the photo and still count as inside, in pixels. */
const slack = 1e-3;

/**
 * A crop's photo as it is seen.
 *
 * @param crop The crop.
 * @param photo The photo's size.
 * @returns Its ground.
 */
export function groundOf({ angle, turns, flip }: Omit<Crop, 'box'>, photo: Size): Ground {
  const isOnItsSide = turns % 2 === 1;
  return {
    width: isOnItsSide ? photo.height : photo.width,
    height: isOnItsSide ? photo.width : photo.height,
    angle: flip ? -angle : angle,
  };
}

/**
 * All of a photo that was not straightened.
 *
 * @param ground The photo.
 * @returns The box.
 */
export function wholeBox({ width, height }: Size): Rect {
  return { x: -width / 2, y: -height / 2, width, height };
}

/**
 * Whether the photo fills a box.
 *
 * @param box The box.
 * @param ground The photo.
 * @returns True where none of its corners lies outside.
 */
export function isInside(box: Rect, { width, height, angle }: Ground): boolean {
  const [cos, sin] = turnBy(angle);
  return cornersOf(box).every(
    ([x, y]) =>
      Math.abs(cos * x + sin * y) <= width / 2 + slack &&
      Math.abs(cos * y - sin * x) <= height / 2 + slack,
  );
}

/**
 * A box moved or stretched as far as the photo goes.
 *
 * @param from Inside.
 * @param to Where it is wanted.
 * @param ground The photo.
 * @returns What is wanted, or how far on the way to it the photo still fills it.
 */
export function towards(from: Rect, to: Rect, ground: Ground): Rect {
  if (isInside(to, ground)) return to;
  let [least, most] = [0, 1];
  for (let i = 0; i < searchSteps; i++) {
    const share = (least + most) / 2;
    if (isInside(between(from, to, share), ground)) least = share;
    else most = share;
  }
  return between(from, to, least);
}

/**
 * The largest box of a shape round a place in the photo.
 *
 * @param middle The place; drawn into the photo.
 * @param shape Width and height; it gets no larger.
 * @param ground The photo.
 * @returns The box.
 */
export function fitRound(middle: Rect, shape: Size, ground: Ground): Rect {
  const [x, y] = [middle.x + middle.width / 2, middle.y + middle.height / 2];
  const point = towards(nowhere, { x, y, width: 0, height: 0 }, ground);
  const { width, height } = shape;
  return towards(point, { x: point.x - width / 2, y: point.y - height / 2, width, height }, ground);
}

/**
 * A crop with the photo turned by a quarter.
 *
 * @param crop The crop; the box stays where it is in the picture.
 * @param way 1 clockwise, -1 the other way, as it is seen.
 * @returns Another crop.
 */
export function turnCrop(crop: Crop, way: 1 | -1): Crop {
  // What is mirrored last turns the other way below it.
  const turns = ((crop.turns + (crop.flip ? -way : way) + 4) % 4) as Crop['turns'];
  return { ...crop, turns, box: turnBox(crop.box, way) };
}

/**
 * A crop with left and right exchanged.
 *
 * @param crop The crop; the box stays where it is in the picture.
 * @returns Another crop.
 */
export function flipCrop(crop: Crop): Crop {
  return { ...crop, flip: !crop.flip, box: flipBox(crop.box) };
}

/**
 * A crop as it is asked for.
 *
 * @param crop Inside of the photo.
 * @param photo The photo's size.
 * @returns The frame, in whole pixels.
 */
export function frameOf({ box, angle, turns, flip }: Crop, photo: Size): Frame {
  let upright = flip ? flipBox(box) : box;
  for (let i = 0; i < turns; i++) upright = turnBox(upright, -1);
  const [cos, sin] = turnBy(angle);
  const [x, y] = [upright.x + upright.width / 2, upright.y + upright.height / 2];
  const middle = {
    x: photo.width / 2 + cos * x + sin * y,
    y: photo.height / 2 + cos * y - sin * x,
  };
  const width = Math.max(1, wholeDown(upright.width));
  const height = Math.max(1, wholeDown(upright.height));
  const place = (at: number, length: number) => Math.round(at - length / 2 - slack);
  const crop = { x: place(middle.x, width), y: place(middle.y, height), width, height };
  if (angle !== 0) return { crop, angle, turns, flip };
  const isWhole = width === photo.width && height === photo.height;
  const keep = (at: number, length: number, whole: number) =>
    Math.min(Math.max(0, at), whole - length);
  const inside = {
    ...crop,
    x: keep(crop.x, width, photo.width),
    y: keep(crop.y, height, photo.height),
  };
  return { crop: isWhole ? null : inside, angle, turns, flip };
}

/**
 * A frame as it is seen.
 *
 * @param frame The frame, with a crop where it has an angle.
 * @param cut What it cuts out.
 * @param photo The photo's size.
 * @returns The crop.
 */
export function cropOf({ angle, turns, flip }: Frame, cut: Rect, photo: Size): Crop {
  const [cos, sin] = turnBy(angle);
  const x = cut.x + cut.width / 2 - photo.width / 2;
  const y = cut.y + cut.height / 2 - photo.height / 2;
  const { width, height } = cut;
  let box: Rect = {
    ...{ width, height },
    x: cos * x - sin * y - width / 2,
    y: cos * y + sin * x - height / 2,
  };
  for (let i = 0; i < turns; i++) box = turnBox(box, 1);
  return { angle, turns, flip, box: flip ? flipBox(box) : box };
}

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };

function wholeDown(length: number): number {
  return Math.floor(length + slack);
}

function turnBy(angle: number): readonly [cos: number, sin: number] {
  if (angle === 0) return [1, 0];
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

function cornersOf({ x, y, width, height }: Rect): readonly (readonly [number, number])[] {
  return [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ];
}

function between(from: Rect, to: Rect, share: number): Rect {
  const mix = (a: number, b: number) => a + share * (b - a);
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}

function turnBox({ x, y, width, height }: Rect, way: 1 | -1): Rect {
  return way === 1
    ? { x: -(y + height), y: x, width: height, height: width }
    : { x: y, y: -(x + width), width: height, height: width };
}

function flipBox(box: Rect): Rect {
  return { ...box, x: -(box.x + box.width) };
}
