/** CSS pixels along a picture in the list of what was invented. */
const thumb = 48;

/**
 * How large a picture in the list of what was invented is drawn.
 *
 * @returns Device pixels along its side.
 */
export function thumbSide(): number {
  return Math.round(thumb * devicePixelRatio);
}
