import { peakOf, roundMean } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import type { Rect, Size } from '../picture/rect';
import type { Ends, Levels } from './find';
import { evenGains, type Uneven } from './uneven';

/** What black and white are brought back to, where they have gone farther: a print has neither quite. */
const target = { black: 0.02, white: 0.96 };

/** Milliseconds for a pixel. */
const msAPixel = 1e-5;

/** How much of each is undone, 0..1. */
export type FadingAmounts = {
  /** Of the colour that blacks and whites have. */
  readonly cast: number;
  /** Of the contrast that is gone. */
  readonly contrast: number;
  /** Of what is uneven. */
  readonly even: number;
};

/** Where the top left corner of a part lies, in pixels. */
export type Place = Pick<Rect, 'x' | 'y'>;

/** What was found in the whole photo. */
export type WhatFaded = {
  readonly fading: Ends;
  /** What is uneven in it; null where none of it is undone. */
  readonly uneven: Uneven | null;
};

/**
 * Undoes a fading: the print is made even, by a gain for each channel and place, and each channel's values are stretched along
 * a line, so that black and white are without a colour (cast), and then as far apart as they were (contrast). Encoded
 * values; what is gray stays gray where nothing is made even.
 *
 * @param raster Only read.
 * @param found What was found in the whole photo.
 * @param amounts How much of it is undone.
 * @param place Where the raster lies in that photo.
 * @returns A new raster.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function undoFading(
  raster: Raster,
  { fading, uneven }: WhatFaded,
  amounts: FadingAmounts,
  place: Place = { x: 0, y: 0 },
): Raster {
  const undone = createLike(raster, raster);
  const ends = uneven ? mixEnds(fading, uneven.ends, amounts.even) : fading;
  for (let c = 0; c < 3; c++) {
    const line = lineOf(ends, amounts, c);
    if (uneven && amounts.even > 0)
      undoByPlace(undone, raster, line, uneven, c, amounts.even, place);
    else undoByTable(undone, raster, line, c);
  }
  for (let i = 3; i < raster.data.length; i += 4) undone.data[i] = raster.data[i]!;
  return undone;
}

/** What becomes of a value, 0..1. */
type Line = { readonly slope: number; readonly offset: number };

function undoByTable(undone: Raster, { data }: Raster, { slope, offset }: Line, c: number): void {
  const peak = peakOf(depthOf(undone));
  const table = Uint16Array.from({ length: peak + 1 }, (_, value) =>
    roundMean(Math.min(1, Math.max(0, offset + slope * (value / peak))) * peak),
  );
  for (let i = c; i < data.length; i += 4) undone.data[i] = table[data[i]!]!;
}

function undoByPlace(
  undone: Raster,
  { width, height, data }: Raster,
  { slope, offset }: Line,
  uneven: Uneven,
  c: number,
  share: number,
  { x, y }: Place,
): void {
  const peak = peakOf(depthOf(undone));
  const columns = evenGains(uneven, 'x', c, { from: x, count: width }, share);
  const rows = evenGains(uneven, 'y', c, { from: y, count: height }, share);
  for (let row = 0, i = c; row < height; row++) {
    const gain = slope * rows[row]!;
    for (let column = 0; column < width; column++, i += 4) {
      const value = offset * peak + gain * columns[column]! * data[i]!;
      undone.data[i] = roundMean(Math.min(peak, Math.max(0, value)));
    }
  }
}

/** Ends between two. */
function mixEnds(from: Ends, to: Ends, share: number): Ends {
  const between = (a: Levels, b: Levels) =>
    a.map((level, c) => level + share * (b[c]! - level)) as unknown as Levels;
  return { black: between(from.black, to.black), white: between(from.white, to.white) };
}

/** What becomes of a channel's values. */
function lineOf({ black, white }: Ends, { cast, contrast }: FadingAmounts, c: number): Line {
  const mean = (levels: readonly number[]) => levels.reduce((sum, each) => sum + each, 0) / 3;
  const ends = [mean(black), mean(white)] as const;
  // A channel with a single value has nothing to stretch.
  const slope = (from: readonly [number, number], to: readonly [number, number]) =>
    from[1] > from[0] ? (to[1] - to[0]) / (from[1] - from[0]) : 1;
  const first = slope([black[c]!, white[c]!], ends);
  const neutral = { slope: first, offset: ends[0] - first * black[c]! };
  const wide = [Math.min(ends[0], target.black), Math.max(ends[1], target.white)] as const;
  const second = slope(ends, wide);
  const deep = { slope: second, offset: wide[0] - second * ends[0] };
  const a = mix(neutral, cast);
  const b = mix(deep, contrast);
  return { slope: a.slope * b.slope, offset: a.offset * b.slope + b.offset };
}

const mix = (line: Line, share: number): Line => ({
  slope: 1 + share * (line.slope - 1),
  offset: share * line.offset,
});

/**
 * What undoing a fading takes.
 *
 * @param size Size of the picture.
 * @returns Expected time, of making it even too; each pixel is made of itself.
 */
export function undoCosts({ width, height }: Size) {
  return { ms: width * height * msAPixel, bytes: 0, reach: 0 };
}
