import { optionValidator as check } from '../validator';
import { parseBox } from './box';
import type { Box } from './kinds';

/** Quarter turns, clockwise. */
export const quarterTurns = [0, 1, 2, 3] as const;

/** How far a crop may begin left of a photo, or above it: more than any photo has. */
const mostBeside = 2 ** 20;

/** Most degrees that a photo is straightened by, to either side. */
export const mostAngle = 45;

/**
 * What of a photo is worked on, and which way up, before anything else is done. The photo is turned by the angle round
 * the middle of the crop, the crop is cut out upright, then turned by quarters and last mirrored.
 */
export type Frame = {
  /**
   * What is cut out, in the photo's pixels as if it were not turned by the angle: with one it may
   * reach beyond the photo there; null for all of the photo or, with an
   * angle, the largest part of its shape that the turned photo fills.
   */
  readonly crop: Box | null;
  /** Degrees, clockwise, -45..45. */
  readonly angle: number;
  readonly turns: (typeof quarterTurns)[number];
  /** Whether left and right are exchanged, last. */
  readonly flip: boolean;
};

/** The photo as it is. */
export const wholeFrame: Frame = { crop: null, angle: 0, turns: 0, flip: false };

/**
 * Whether two frames are the same.
 *
 * @param a One; left out for the photo as it is.
 * @param b Another.
 * @returns True where all their values are.
 */
export function isSameFrame(a: Frame = wholeFrame, b: Frame = wholeFrame): boolean {
  const values = ({ crop, angle, turns, flip }: Frame) => {
    const { x, y, width, height } = crop ?? {};
    return [x, y, width, height, angle, turns, flip];
  };
  const others = values(b);
  return values(a).every((value, i) => value === others[i]);
}

/**
 * Checks a frame that came from outside.
 *
 * @param value Anything; what is missing leaves the photo as it is.
 * @param path Where it lies, for the message.
 * @returns A new, typed frame, whether or not its crop fits a photo.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseFrame(value: unknown, path: string): Frame {
  const fields = check.object(value, path, Object.keys(wholeFrame));
  const { crop = null, angle = 0, turns = 0, flip = false } = fields;
  return {
    // What is cut out of a turned photo may lie beside it before it is turned.
    crop: crop === null ? null : parseBox(crop, `${path}.crop`, -mostBeside),
    angle: check.between(angle, [-mostAngle, mostAngle], `${path}.angle`),
    turns: check.oneOf(turns, quarterTurns, `${path}.turns`),
    flip: check.flag(flip, `${path}.flip`),
  };
}
