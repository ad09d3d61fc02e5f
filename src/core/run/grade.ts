import { displayTable } from '../picture/light';
import { lumaOf } from '../picture/luma';
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

/**
 * The matrices of Oklab for sRGB's primaries, row by row (B. Ottosson, "A perceptual color space for image processing",
 * 2020): light of red, green and blue to that of three cones; their cubic roots to lightness, a and b; and both back.
 */
export const oklab = {
  cones: [
    ...[0.4122214708, 0.5363325363, 0.0514459929],
    ...[0.2119034982, 0.6806995451, 0.1073969566],
    ...[0.0883024619, 0.2817188376, 0.6299787005],
  ],
  lab: [
    ...[0.2104542553, 0.793617785, -0.0040720468],
    ...[1.9779984951, -2.428592205, 0.4505937099],
    ...[0.0259040371, 0.7827717662, -0.808675766],
  ],
  roots: [
    ...[1, 0.3963377774, 0.2158037573],
    ...[1, -0.1055613458, -0.0638541728],
    ...[1, -0.0894841775, -1.291485548],
  ],
  light: [
    ...[4.0767416621, -3.3077115913, 0.2309699292],
    ...[-1.2684380046, 2.6097574011, -0.3413193965],
    ...[-0.0041960863, -0.7034186147, 1.707614701],
  ],
} as const;

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
    line[i] = full * displayOf(light[0] * long + light[1] * middle + light[2] * short);
    line[i + 1] = full * displayOf(light[3] * long + light[4] * middle + light[5] * short);
    line[i + 2] = full * displayOf(light[6] * long + light[7] * middle + light[8] * short);
  }
}

function cubeOf(value: number): number {
  return value * value * value;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/**
 * The cubic root of 0..1, to 1e-13: four times as fast as `Math.cbrt`. A third of a float's exponent is a first guess (W. Kahan),
 * which Halley's method makes right.
 */
function rootOf(value: number): number {
  if (value < 1e-9) return Math.cbrt(value);
  float[0] = value;
  bits[0] = Math.trunc(bits[0]! / 3) + 709_921_077;
  let root = float[0];
  for (let i = 0; i < 2; i++) {
    const cube = root * root * root;
    root *= (cube + 2 * value) / (2 * cube + value);
  }
  return root;
}

/** Steps of encoded values in {@link lights}: between two of them a line is off by less than 0.01 of 65535 levels. */
const lightSteps = 2 ** 14;

/** Light of evenly spaced encoded values (sRGB), and one more, so that 1 has a neighbour. */
const lights = Float64Array.from({ length: lightSteps + 2 }, (_, i) => {
  const value = Math.min(1, i / lightSteps);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Light of an encoded value of 0..1. */
function lightOf(value: number): number {
  const at = value * lightSteps;
  const step = Math.floor(at);
  return lights[step]! + (at - step) * (lights[step + 1]! - lights[step]!);
}

/** The encoded value of light, cut to 0..1. */
function displayOf(light: number): number {
  const table = displayTable();
  const at = Math.min(1, Math.max(0, light)) * (table.length - 2);
  const step = Math.floor(at);
  return table[step]! + (at - step) * (table[step + 1]! - table[step]!);
}
