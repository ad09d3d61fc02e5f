import { lumaOf } from '../picture/luma';
import { displayTable } from '../picture/light';
import { lightOf, oklab, nearRootOf, valueIn } from '../picture/oklab';
import type { Grade } from '../recipe/finish';

/** The power of the display curve that exposure reckons with: sRGB's, as one number (IEC 61966-2-1). */
const displayPower = 2.2;

/** Stops between red and blue of encoded values, each way, at the ends of temperature. */
const mostWarmth = 0.25;

/** Chroma of Oklab from which on vibrance changes nothing: the strongest colours of sRGB have 0.2 to 0.32. */
export const strongChroma = 0.25;

/** Chroma of the strongest tone. */
const mostTone = 0.06;

/** Hue of warm tones, an orange, in radians; cold ones lie on the other side. */
const warmHue = (65 / 180) * Math.PI;

/** Oklab's a and b of the strongest warm tone. */
export const warmTone = [mostTone * Math.cos(warmHue), mostTone * Math.sin(warmHue)] as const;

/** Makes the heights of {@link toneShares} 1. */
export const toneShare = 27 / 4;

/** A grade in the numbers that a pixel is worked with. */
export type GradeTerms = {
  /** What encoded red, green and blue are multiplied with. */
  readonly gains: readonly [red: number, green: number, blue: number];
  /** -1..1, see `finishPixels`. */
  readonly contrast: number;
  /** Null where colours stay as light makes them. */
  readonly colour: ColourTerms | null;
};

/** What is done in Oklab. */
export type ColourTerms = {
  /** What chroma is multiplied with: 0..2. */
  readonly chroma: number;
  /** -1..1, as {@link Grade}. */
  readonly vibrance: number;
  readonly shadowTone: number;
  readonly highlightTone: number;
};

/**
 * Works out a grade's numbers.
 *
 * @param grade The grade.
 * @returns The numbers: the same for the array loop and the shader.
 */
export function gradeTerms(grade: Grade): GradeTerms {
  const { exposure, contrast, temperature, saturation, monochrome } = grade;
  const { vibrance, shadowTone, highlightTone } = grade;
  const light = 2 ** (exposure / displayPower);
  const red = 2 ** (mostWarmth * temperature);
  const blue = 1 / red;
  const gain = light / lumaOf(red, 1, blue);
  const chroma = monochrome ? 0 : 1 + saturation;
  const isColoured = chroma !== 1 || vibrance !== 0 || shadowTone !== 0 || highlightTone !== 0;
  const colour = isColoured ? { chroma, vibrance, shadowTone, highlightTone } : null;
  return { gains: [gain * red, gain, gain * blue], contrast, colour };
}

/**
 * Grades a line of pixels; see `finishPixels`.
 *
 * @param line `[width * 4]`, RGBA in levels; graded in place, its colours then in 0..`full`, its alpha as before.
 * @param terms How.
 * @param full The highest level.
 */
export function gradeLine(line: Float64Array, terms: GradeTerms, full: number): void {
  const [red, green, blue] = terms.gains;
  const { contrast, colour } = terms;
  for (let i = 0; i < line.length; i += 4) {
    line[i] = contrasted((line[i]! / full) * red, contrast);
    line[i + 1] = contrasted((line[i + 1]! / full) * green, contrast);
    line[i + 2] = contrasted((line[i + 2]! / full) * blue, contrast);
  }
  if (colour) {
    colourLine(line, colour, full);
    return;
  }
  for (let i = 0; i < line.length; i += 4) {
    line[i]! *= full;
    line[i + 1]! *= full;
    line[i + 2]! *= full;
  }
}

/** A value, cut to 0..1, on the curve of a contrast. */
function contrasted(value: number, contrast: number): number {
  const v = value > 1 ? 1 : value > 0 ? value : 0;
  return v + contrast * ((3 - 2 * v) * v * v - v);
}

/**
 * Colours of a line of pixels made other ones of the same lightness, and levels of their values of 0..1. A root of Oklab is its lightness and some
 * of a and b, so that what is done to these is done to the roots' distance from the lightness.
 */
function colourLine(line: Float64Array, terms: ColourTerms, full: number): void {
  // Numbers and no lists: each is read for every pixel.
  const [longRed, longGreen, longBlue, middleRed, middleGreen, middleBlue, ...others] = oklab.cones;
  const [shortRed, shortGreen, shortBlue] = others;
  const [lightL, lightM, lightS, aL, aM, aS, bL, bM, bS] = oklab.lab;
  const [, longA, longB, , middleA, middleB, , shortA, shortB] = oklab.roots;
  const [redL, redM, redS, greenL, greenM, greenS, blueL, blueM, blueS] = oklab.light;
  const { chroma, vibrance, shadowTone, highlightTone } = terms;
  const [warmA, warmB] = warmTone;
  const warmLong = longA * warmA + longB * warmB;
  const warmMiddle = middleA * warmA + middleB * warmB;
  const warmShort = shortA * warmA + shortB * warmB;
  const values = displayTable();
  for (let i = 0; i < line.length; i += 4) {
    const red = lightOf(line[i]!);
    const green = lightOf(line[i + 1]!);
    const blue = lightOf(line[i + 2]!);
    const l = nearRootOf(longRed * red + longGreen * green + longBlue * blue);
    const m = nearRootOf(middleRed * red + middleGreen * green + middleBlue * blue);
    const s = nearRootOf(shortRed * red + shortGreen * green + shortBlue * blue);
    const lightness = lightL * l + lightM * m + lightS * s;
    let factor = chroma;
    if (vibrance !== 0) {
      const a = aL * l + aM * m + aS * s;
      const b = bL * l + bM * m + bS * s;
      factor *= 1 + vibrance * faintness(a, b);
    }
    const dark = 1 - lightness;
    const share = toneShare * lightness * dark;
    const tone = share * (shadowTone * dark + highlightTone * lightness);
    const gray = (1 - factor) * lightness;
    const long = cubeOf(gray + factor * l + tone * warmLong);
    const middle = cubeOf(gray + factor * m + tone * warmMiddle);
    const short = cubeOf(gray + factor * s + tone * warmShort);
    line[i] = full * valueIn(values, redL * long + redM * middle + redS * short);
    line[i + 1] = full * valueIn(values, greenL * long + greenM * middle + greenS * short);
    line[i + 2] = full * valueIn(values, blueL * long + blueM * middle + blueS * short);
  }
}

/** 1 for gray, 0 from the strongest colours on that vibrance changes. */
function faintness(a: number, b: number): number {
  const faint = Math.max(0, 1 - Math.sqrt(a * a + b * b) / strongChroma);
  return faint * faint;
}

function cubeOf(value: number): number {
  return value * value * value;
}
