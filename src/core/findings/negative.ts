import { findFading, type Fading } from '../fading/find';
import { luminance } from '../picture/light';
import { lightOf } from '../picture/oklab';
import type { Raster } from '../picture/raster';
import { leastFilmSpan, type Film, type FilmLevels } from '../recipe/tone';
import { rank, readCoarsely, sortValues, type Colour } from './coarse';

/** A picture as a negative. */
export type Negative = {
  /** What would make a positive of it. */
  readonly film: Film;
  /** Whether it is plainly one: of colour film, whose mask is orange everywhere. Nobody can tell of a gray one. */
  readonly isFilm: boolean;
};

/** What half of a positive's levels lie below, and the gammas that may bring them there. */
const middle = 0.45;
const usualGammas = [0.7, 2.5] as const;

/**
 * What a colour film's mask makes of a picture: stops of red light over blue and over green where it is brightest, which is where the
 * film is clear, and nearly everywhere, and the stops that its light spans at most, which are fewer than a scene's. Of 163 photos made
 * into negatives 94 are so, of the photos themselves none (`bench -- old negatives`).
 */
const mask = { clearBlue: 1.2, clearGreen: 0.3, leastBlue: 0.6, leastGreen: 0.1, mostSpan: 3.5 };

/** Light that is added before a ratio: a black pixel has no colour. */
const dark = 0.002;

/**
 * Looks at a picture as a negative: its clear film and its densest part are the ends of each channel, without the holder round it.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @param fading How far it has faded, where that is known: its ends are those.
 * @returns What there is to tell; null where a channel has nothing between its ends.
 */
export function findNegative(
  raster: Raster,
  { black, white }: Fading = findFading(raster),
): Negative | null {
  const base = round(white);
  const dense = round(black);
  if (dense.some((level, c) => base[c]! - level < leastFilmSpan)) return null;
  const colours = readCoarsely(raster);
  const half = rank(sortValues(colours.map((colour) => shareOf(colour, base, dense))), 0.5);
  const [least, most] = usualGammas;
  const gamma = Math.log(middle) / Math.log(Math.min(0.98, Math.max(0.02, half)));
  const film = { base, dense, gamma: cut(Math.min(most, Math.max(least, gamma))) };
  return { film, isFilm: isMasked(colours) };
}

/** Numbers as a recipe's text has them. */
const cut = (value: number) => Math.round(value * 1e4) / 1e4;
const round = ([red, green, blue]: FilmLevels): FilmLevels => [cut(red), cut(green), cut(blue)];

/** How far a colour lies from the clear film to the densest part, the mean of its channels, 0..1. */
function shareOf(colour: Colour, base: FilmLevels, dense: FilmLevels): number {
  const shares = colour.map((level, c) => (base[c]! - level) / (base[c]! - dense[c]!));
  return shares.reduce((sum, share) => sum + Math.min(1, Math.max(0, share)), 0) / 3;
}

function isMasked(colours: readonly Colour[]): boolean {
  const stops = colours.map((colour) => {
    const [r, g, b] = colour.map(lightOf) as [number, number, number];
    const stopsOf = (light: number) => Math.log2(light + dark);
    return {
      light: stopsOf(luminance[0] * r + luminance[1] * g + luminance[2] * b),
      blue: stopsOf(r) - stopsOf(b),
      green: stopsOf(r) - stopsOf(g),
    };
  });
  const light = sortValues(stops.map((each) => each.light));
  const clear = stops.filter((each) => each.light >= rank(light, 0.95));
  const of = (those: typeof stops, name: 'blue' | 'green', share: number) =>
    rank(sortValues(those.map((each) => each[name])), share);
  return (
    rank(light, 0.98) - rank(light, 0.02) < mask.mostSpan &&
    of(clear, 'blue', 0.5) > mask.clearBlue &&
    of(clear, 'green', 0.5) > mask.clearGreen &&
    of(stops, 'blue', 0.05) > mask.leastBlue &&
    of(stops, 'green', 0.05) > mask.leastGreen
  );
}
