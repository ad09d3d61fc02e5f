import { peakOf, roundMean } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import type { Fading } from './find';

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
};

/**
 * Undoes a fading: each channel's values are stretched along a line, so that black and white are without a colour
 * (cast), and then as far apart as they were (contrast). Encoded values; a gray picture stays gray.
 *
 * @param raster Only read.
 * @param fading What was found in the whole photo.
 * @param amounts How much of it is undone.
 * @returns A new raster.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function undoFading(raster: Raster, fading: Fading, amounts: FadingAmounts): Raster {
  const undone = createLike(raster, raster);
  const peak = peakOf(depthOf(raster));
  const tables = [0, 1, 2].map((c) => {
    const undo = lineOf(fading, amounts, c);
    return Uint16Array.from({ length: peak + 1 }, (_, value) => {
      const line = undo.offset + undo.slope * (value / peak);
      return roundMean(Math.min(1, Math.max(0, line)) * peak);
    });
  });
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) {
    for (let c = 0; c < 3; c++) undone.data[i + c] = tables[c]![data[i + c]!]!;
    undone.data[i + 3] = data[i + 3]!;
  }
  return undone;
}

/** What becomes of a channel's values. */
function lineOf({ black, white }: Fading, { cast, contrast }: FadingAmounts, c: number) {
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

const mix = (line: { readonly slope: number; readonly offset: number }, share: number) => ({
  slope: 1 + share * (line.slope - 1),
  offset: share * line.offset,
});

/**
 * What undoing a fading takes.
 *
 * @param size Size of the picture.
 * @returns Expected time; it works in tables, and each pixel is made of itself.
 */
export function undoCosts({ width, height }: Size) {
  return { ms: width * height * msAPixel, bytes: 0, reach: 0 };
}
