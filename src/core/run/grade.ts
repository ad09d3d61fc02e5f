import { lumaOf } from '../picture/luma';
import { lightOf, oklab, rootOf, valueOf } from '../picture/oklab';
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
  const { gains, contrast, colour } = terms;
  for (let i = 0; i < line.length; i += 4) {
    for (let c = 0; c < 3; c++) {
      const v = Math.min(1, Math.max(0, (line[i + c]! / full) * gains[c]!));
      line[i + c] = full * (v + contrast * ((3 - 2 * v) * v * v - v));
    }
  }
  if (colour) colourLine(line, colour, full);
}

/** Colours of a line of pixels, of 0..`full`, made other ones of the same lightness. */
function colourLine(line: Float64Array, terms: ColourTerms, full: number): void {
  const [cones, lab, roots, light] = [oklab.cones, oklab.lab, oklab.roots, oklab.light];
  const { chroma, vibrance } = terms;
  const [shadowTone, highlightTone] = [terms.shadowTone, terms.highlightTone];
  const [warmA, warmB] = warmTone;
  for (let i = 0; i < line.length; i += 4) {
    const red = lightOf(line[i]! / full);
    const green = lightOf(line[i + 1]! / full);
    const blue = lightOf(line[i + 2]! / full);
    const l = rootOf(cones[0] * red + cones[1] * green + cones[2] * blue);
    const m = rootOf(cones[3] * red + cones[4] * green + cones[5] * blue);
    const s = rootOf(cones[6] * red + cones[7] * green + cones[8] * blue);
    const lightness = lab[0] * l + lab[1] * m + lab[2] * s;
    let a = lab[3] * l + lab[4] * m + lab[5] * s;
    let b = lab[6] * l + lab[7] * m + lab[8] * s;
    const faint = Math.max(0, 1 - Math.sqrt(a * a + b * b) / strongChroma);
    const factor = chroma * (1 + vibrance * faint * faint);
    const dark = 1 - lightness;
    const share = toneShare * lightness * dark;
    const tone = share * (shadowTone * dark + highlightTone * lightness);
    a = factor * a + tone * warmA;
    b = factor * b + tone * warmB;
    const long = cubeOf(lightness + roots[1] * a + roots[2] * b);
    const middle = cubeOf(lightness + roots[4] * a + roots[5] * b);
    const short = cubeOf(lightness + roots[7] * a + roots[8] * b);
    line[i] = full * valueOf(light[0] * long + light[1] * middle + light[2] * short);
    line[i + 1] = full * valueOf(light[3] * long + light[4] * middle + light[5] * short);
    line[i + 2] = full * valueOf(light[6] * long + light[7] * middle + light[8] * short);
  }
}

function cubeOf(value: number): number {
  return value * value * value;
}
