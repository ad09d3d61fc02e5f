import { peakOf } from '../picture/depth';
import { isGray } from '../picture/gray';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import { fade, rampOf } from '../shake/fade';
import { SquareSpectrum } from './spectrum';
import { looksTyped } from './typed';

/** A wave of a pattern, in cycles per pixel: `x` of -1/2..1/2, `y` of 0..1/2. */
export type Wave = { readonly x: number; readonly y: number };

/** The waves that a pattern is made of, and whether they are those of paper or print. */
export type Pattern = {
  readonly waves: readonly Wave[];
  /**
   * Whether two of them cross all over the picture, as those of silk paper, canvas and a printer's screens do; what a
   * photo shows, cloth or a row of windows, does not fill it, and the grid that letters of one width lie in has little of
   * their detail. Else only a person can tell.
   */
  readonly isPrinted: boolean;
};

/** Sides of the squares that are looked at. */
const sides = [128, 64] as const;

/** Squares along each axis, at most, and at a quick look; where there are fewer they overlap by half. */
const mostAcross = 12;
const fewAcross = 8;

/** The channel that shows most of a pattern without colour. */
const green = 1;

/** Squares that tell anything. */
const leastSquares = 6;

/** Standard deviation in levels of 8 bits below which a square shows nothing. */
const leastContrast = 0.3;

/** Power of one pixel in levels of 8 bits, squared, that is held to be none. */
const floorPower = 1e-3;

/** Frequencies round a wave that are its own: the fading spreads it over so many. */
const clearance = 3;

/** Cycles per pixel from which a wave is one of a pattern, and not of the picture; and from which it tells paper or print. */
const leastFrequency = 1 / 14;
const leastPrinted = 0.12;

/** By how many powers of ten a wave must stand out on average, and in seven squares of ten. */
const leastOutstanding = { mean: 0.3, most: 0.2 } as const;

/** And by so much more on average, over the root of the number of squares: chance does that. */
const chance = 1.5;

/** The same for the two waves that tell paper or print: of 445 photos that no paper and no print was scanned from none has them. */
const leastTelling = { mean: 0.75, most: 0.5, amplitude: 0.25 } as const;

/** The sine of the angle from which two waves cross. */
const leastCrossing = 0.3;

/** Waves that are looked at in every square, of each channel: a colour print's four screens and their overtones. */
const mostWaves = 32;

/** Pixels of a JPEG's block: multiples of 1/8 along an axis are its waves, and no pattern's. */
const block = 8;

/** A wave, and by how many powers of ten it stands out from what is round it. */
type Outstanding = Wave & {
  /** Of the mean of all squares. */
  readonly mean: number;
  /** In seven squares of ten. */
  readonly most: number;
  /** In levels of 8 bits, of the mean of all squares. */
  readonly amplitude: number;
};

/** What stands out of a channel, and the spectra of its squares. */
type Found = {
  readonly channel: number;
  readonly waves: readonly Outstanding[];
  readonly spectra: readonly Float32Array[];
};

/**
 * Looks for a pattern all over a picture, the paper's or the print's: a wave that stands out of the spectra of most of
 * 144 squares at most. Edges, which are lines in a spectrum, and a JPEG's blocks are left out.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns The waves of all channels, each once; none where the picture is smaller than 64 pixels, or shows no pattern.
 */
export function findPattern(raster: Raster): Pattern {
  const side = sideFor(raster);
  if (side === null) return { waves: [], isPrinted: false };
  const spectrum = new SquareSpectrum(side, clearance);
  const channels = isGray(raster) ? [green] : [0, green, 2];
  const found = channels.map((channel) => findWaves(raster, channel, mostAcross, spectrum));
  const waves: Wave[] = [];
  for (const { x, y } of found.flatMap(({ waves: each }) => each))
    if (!waves.some((wave) => Math.hypot(wave.x - x, wave.y - y) <= 2.5 / side))
      waves.push({ x, y });
  return { waves, isPrinted: found.some((each) => isPrinted(raster, each, spectrum)) };
}

/**
 * Whether a picture has a pattern that is paper's or print's: a quick look, at green and at 64 squares at most.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns False as well where the picture is too small to tell.
 */
export function looksPrinted(raster: Raster): boolean {
  const side = sideFor(raster);
  if (side === null) return false;
  const spectrum = new SquareSpectrum(side, clearance);
  return isPrinted(raster, findWaves(raster, green, fewAcross, spectrum), spectrum);
}

/** The largest squares of which there are enough. */
function sideFor({ width, height }: Size): number | null {
  const count = (length: number, side: number) => startsOf(length, side, mostAcross).length;
  const isEnough = (side: number) => count(width, side) * count(height, side) >= leastSquares;
  return sides.find((side) => side <= Math.min(width, height) && isEnough(side)) ?? null;
}

/** The logarithms of the powers of each square of a channel that shows anything. */
function readSpectra(
  raster: Raster,
  channel: number,
  across: number,
  spectrum: SquareSpectrum,
): Float32Array[] {
  const { side } = spectrum;
  const picture = new Float32Array(side * side);
  const ramp = rampOf(side, side / 2);
  const unit = 255 / peakOf(depthOf(raster));
  const spectra: Float32Array[] = [];
  for (const top of startsOf(raster.height, side, across))
    for (const left of startsOf(raster.width, side, across)) {
      for (let y = 0, i = 0; y < side; y++)
        for (
          let x = 0, at = 4 * ((top + y) * raster.width + left) + channel;
          x < side;
          x++, at += 4
        )
          picture[i++] = raster.data[at]! * unit;
      if (deviationOf(picture) < leastContrast) continue;
      fade(picture, ramp, ramp);
      spectrum.read(picture);
      const powers = new Float32Array(spectrum.values.real.length);
      spectrum.powers(powers);
      spectra.push(powers.map((power) => Math.log10(power + floorPower * side ** 2)));
    }
  return spectra;
}

/** Where squares begin along an axis. */
function startsOf(length: number, side: number, most: number): number[] {
  const last = length - side;
  const count = Math.min(most, Math.max(1, Math.round((2 * length) / side) - 1));
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? last >> 1 : Math.floor((last * i) / (count - 1)),
  );
}

function deviationOf(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value ** 2;
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2));
}

function findWaves(
  raster: Raster,
  channel: number,
  across: number,
  spectrum: SquareSpectrum,
): Found {
  const spectra = readSpectra(raster, channel, across, spectrum);
  if (spectra.length < leastSquares) return { channel, waves: [], spectra };
  const mean = meanOf(spectra);
  const least = leastOutstanding.mean + chance / Math.sqrt(spectra.length);
  const waves = peaksOf(mean, spectrum)
    .map(({ x, y }) => ({ x, y, mean: excess(mean, x, y, spectrum) }))
    .filter((peak) => peak.mean >= least)
    .sort((a, b) => b.mean - a.mean)
    .slice(0, mostWaves)
    .map(({ x, y, mean: whole }) => {
      const each = spectra.map((powers) => excess(powers, x, y, spectrum)).sort((a, b) => a - b);
      const most = each[Math.floor(0.3 * each.length)]!;
      // Of a wave, the fading leaves an eighth of its amplitude times the square's pixels in one frequency.
      const amplitude = (8 * 10 ** (mean[spectrum.indexOf(x, y)]! / 2)) / spectrum.side ** 2;
      return { x: x / spectrum.side, y: y / spectrum.side, mean: whole, most, amplitude };
    })
    .filter(({ most }) => most >= leastOutstanding.most);
  return { channel, waves, spectra };
}

function meanOf(spectra: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(spectra[0]!.length);
  for (const powers of spectra)
    for (let i = 0; i < mean.length; i++) mean[i]! += powers[i]! / spectra.length;
  return mean;
}

/** Frequencies, in cycles per side, above which none of those two steps away is; a JPEG's own are left out. */
function peaksOf(powers: Float32Array, spectrum: SquareSpectrum): Wave[] {
  const { side } = spectrum;
  const peaks: Wave[] = [];
  for (let y = 0; y <= side / 2; y++)
    for (let x = -side / 2; x < side / 2; x++) {
      const isHeld = y > 0 && y < side / 2 ? true : x >= 0;
      if (!isHeld || Math.hypot(x, y) < leastFrequency * side || isOfBlocks(x, y, side)) continue;
      if (highestNear(powers, x, y, 2, spectrum) <= powers[spectrum.indexOf(x, y)]!)
        peaks.push({ x, y });
    }
  return peaks;
}

function isOfBlocks(x: number, y: number, side: number): boolean {
  if (Math.min(Math.abs(x), y) > 1) return false;
  const blocks = (Math.max(Math.abs(x), y) * block) / side;
  return Math.abs(blocks - Math.round(blocks)) * side <= 1.5 * block;
}

/** By how many powers of ten a frequency, or one beside it, stands out. */
function excess(powers: Float32Array, x: number, y: number, spectrum: SquareSpectrum): number {
  return highestNear(powers, x, y, 1, spectrum) - spectrum.around(powers, x, y);
}

function highestNear(
  powers: Float32Array,
  x: number,
  y: number,
  distance: number,
  spectrum: SquareSpectrum,
): number {
  let highest = -Infinity;
  for (let dy = -distance; dy <= distance; dy++)
    for (let dx = -distance; dx <= distance; dx++)
      highest = Math.max(highest, powers[spectrum.indexOf(x + dx, y + dy)]!);
  return highest;
}

function isPrinted(
  raster: Raster,
  { channel, waves, spectra }: Found,
  spectrum: SquareSpectrum,
): boolean {
  const telling = waves.filter(
    ({ x, y, mean, most, amplitude }) =>
      mean >= leastTelling.mean &&
      most >= leastTelling.most &&
      amplitude >= leastTelling.amplitude &&
      Math.hypot(x, y) >= leastPrinted,
  );
  if (!telling.some((a) => telling.some((b) => crosses(a, b)))) return false;
  const powers = spectra.map((logarithms) => logarithms.map((each) => 10 ** each));
  return !looksTyped(raster, channel, telling, powers, spectrum);
}

function crosses(a: Wave, b: Wave): boolean {
  return (
    Math.abs(a.x * b.y - a.y * b.x) >= leastCrossing * Math.hypot(a.x, a.y) * Math.hypot(b.x, b.y)
  );
}
