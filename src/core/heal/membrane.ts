import { fillFrom, known, reducePart, type Part } from './part';

/** Rounds over all unknown pixels after each enlargement: what is left is under a level. */
const rounds = 12;

/**
 * Spans a membrane over what is not known: each pixel becomes the mean of its neighbours, coarse to fine (harmonic
 * interpolation as in Perez, Gangnet & Blake 2003, "Poisson image editing"; pyramids as in Burt 1988, "Moment images,
 * polynomial fit filters, and the problem of surface interpolation").
 *
 * @param part Its unknown pixels and holes are written; with nothing known they stay as they are, or become black.
 */
export function spanMembrane(part: Part): void {
  const places = unknownPlaces(part);
  if (places.length === 0) return;
  if (part.width > 1 || part.height > 1) {
    const small = reducePart(part);
    spanMembrane(small);
    fillFrom(part, small);
  }
  for (let round = 0; round < rounds; round++) for (const at of places) smooth(part, at);
}

function unknownPlaces({ state }: Part): Int32Array {
  const places: number[] = [];
  for (let at = 0; at < state.length; at++) if (state[at] !== known) places.push(at);
  return Int32Array.from(places);
}

/** A pixel in the middle of its neighbours; the picture's edge counts as one. */
function smooth({ width, height, rgb }: Part, at: number): void {
  const x = at % width;
  const left = (x > 0 ? at - 1 : at) * 3;
  const right = (x < width - 1 ? at + 1 : at) * 3;
  const up = (at >= width ? at - width : at) * 3;
  const down = (at < width * (height - 1) ? at + width : at) * 3;
  for (let c = 0; c < 3; c++)
    rgb[at * 3 + c] = (rgb[left + c]! + rgb[right + c]! + rgb[up + c]! + rgb[down + c]!) / 4;
}
