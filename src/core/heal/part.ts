import type { Size } from '../picture/rect';

/** What is to be done with a pixel of a {@link Part}. */
export const known = 0;
/** See {@link known}: healed here. */
export const hole = 1;
/** See {@link known}: damaged or not there, but not healed here; nothing is taken from it. */
export const unknown = 2;

/** A part of a picture that is being healed. */
export type Part = Size & {
  /** `[height, width, 3]`: R, G, B in levels of 255, fractions allowed. */
  readonly rgb: Float32Array<ArrayBuffer>;
  /** `[height, width]`: {@link known}, {@link hole} or {@link unknown}. */
  readonly state: Uint8Array<ArrayBuffer>;
};

/**
 * The part at half its size: the mean of what is known in each block of 2 x 2. A pixel is known where one of
 * the four is, and a hole where none is and one is a hole.
 *
 * @param part Only read; an odd side's last block is half as wide.
 * @returns A part of its own; where nothing is known, black.
 */
export function reducePart({ width, height, rgb, state }: Part): Part {
  const size = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const sums = new Float32Array(size.width * size.height * 3);
  const counts = new Uint8Array(size.width * size.height);
  const states = new Uint8Array(counts.length).fill(unknown);
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0; x < width; x++, from++) {
      const to = (y >> 1) * size.width + (x >> 1);
      if (state[from] === hole && counts[to] === 0) states[to] = hole;
      if (state[from] !== known) continue;
      states[to] = known;
      counts[to]!++;
      for (let c = 0; c < 3; c++) sums[to * 3 + c]! += rgb[from * 3 + c]!;
    }
  for (let i = 0; i < counts.length; i++)
    if (counts[i]! > 1) for (let c = 0; c < 3; c++) sums[i * 3 + c]! /= counts[i]!;
  return { ...size, rgb: sums, state: states };
}

/**
 * Fills what is not known of a part from the same part at half its size, linearly between its pixels.
 *
 * @param part Its unknown pixels and holes are written.
 * @param small What {@link reducePart} made of it, filled.
 */
export function fillFrom(part: Part, small: Part): void {
  const { width, height, rgb, state } = part;
  for (let y = 0, at = 0; y < height; y++) {
    const [up, down, shareDown] = between(y, small.height);
    for (let x = 0; x < width; x++, at++) {
      if (state[at] === known) continue;
      const [left, right, shareRight] = between(x, small.width);
      for (let c = 0; c < 3; c++) {
        const mix = (row: number): number => {
          const start = row * small.width;
          const value = small.rgb[(start + left) * 3 + c]!;
          return value + shareRight * (small.rgb[(start + right) * 3 + c]! - value);
        };
        const upper = mix(up);
        rgb[at * 3 + c] = upper + shareDown * (mix(down) - upper);
      }
    }
  }
}

/** The two pixels of a line at half its size that a pixel lies between, and the second's share. */
function between(place: number, length: number): readonly [number, number, number] {
  const exact = Math.min(length - 1, Math.max(0, (place - 0.5) / 2));
  const first = Math.floor(exact);
  return [first, Math.min(length - 1, first + 1), exact - first];
}

/**
 * How deep in the damage each pixel of a part lies (two passes with a chessboard's distance; Rosenfeld & Pfaltz 1966).
 *
 * @param part Only read.
 * @returns `[height, width]`: steps to the nearest known pixel, also diagonally; 255 at most, also where nothing is known.
 */
export function depthsOf({ width, height, state }: Part): Uint8Array {
  const depths = new Uint8Array(width * height).fill(255);
  const depthAt = (x: number, y: number) =>
    x < 0 || x >= width || y < 0 || y >= height ? 255 : depths[y * width + x]!;
  const relax = (x: number, y: number, way: number): number => {
    const [above, beside] = [y - way, depthAt(x - way, y)];
    const least = Math.min(beside, depthAt(x - 1, above), depthAt(x, above), depthAt(x + 1, above));
    return Math.min(255, least + 1);
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) depths[i] = state[i] === known ? 0 : relax(x, y, 1);
  for (let y = height - 1, i = width * height - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, i--)
      if (state[i] !== known) depths[i] = Math.min(depths[i]!, relax(x, y, -1));
  return depths;
}
