import { displayTable } from './light';

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

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Of a float's 23 bits behind its exponent, those that a guess leaves out; and what they count to. */
const restBits = 15;
const rest = 2 ** restBits;

/** The leading bits of 2^-30, below which {@link rootOf} does without guesses. */
const firstGuess = (127 - 30) << (23 - restBits);

/** Roots of 2^-30 to 1 at the first eight bits behind each power of 2, and one more, so that 1 has a neighbour. */
const guesses = Float64Array.from({ length: (30 << (23 - restBits)) + 2 }, (_, i) => {
  bits[0] = (firstGuess + i) * rest;
  return Math.cbrt(float[0]!);
});

/**
 * The cubic root of 0..1, to 1e-13: many times as fast as `Math.cbrt`. One step of Halley's method makes {@link nearRootOf} right.
 *
 * @param value 0..1.
 * @returns Its root.
 */
export function rootOf(value: number): number {
  const root = nearRootOf(value);
  if (root === 0) return 0;
  const cube = root * root * root;
  return (root * (cube + 2 * value)) / (2 * cube + value);
}

/**
 * The cubic root of 0..1, read off a table by a float's leading bits: off by less than 5e-7 of itself, which is a tenth of a level of 16 bits in
 * a colour that is made of such roots. With it a grade takes three quarters of the time that it takes with {@link rootOf}.
 *
 * @param value 0..1.
 * @returns Its root, nearly.
 */
export function nearRootOf(value: number): number {
  if (value < 1e-9) return Math.cbrt(value);
  float[0] = value;
  const known = bits[0]!;
  const at = (known >> restBits) - firstGuess;
  const guess = guesses[at]!;
  return guess + (guesses[at + 1]! - guess) * ((known & (rest - 1)) / rest);
}

/** Steps of encoded values in {@link lights}: between two of them a line is off by less than 0.01 of 65535 levels. */
const lightSteps = 2 ** 14;

/** Light of evenly spaced encoded values (sRGB), and one more, so that 1 has a neighbour. */
const lights = Float64Array.from({ length: lightSteps + 2 }, (_, i) => {
  const value = Math.min(1, i / lightSteps);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/**
 * Light of an encoded value (sRGB), read off a table.
 *
 * @param value 0..1.
 * @returns Light, 0..1.
 */
export function lightOf(value: number): number {
  const at = value * lightSteps;
  const step = at | 0;
  return lights[step]! + (at - step) * (lights[step + 1]! - lights[step]!);
}

/**
 * The encoded value (sRGB) of light, read off a table: the inverse of {@link lightOf}.
 *
 * @param light Any; cut to 0..1.
 * @returns 0..1.
 */
export function valueOf(light: number): number {
  return valueIn(displayTable(), light);
}

/**
 * As {@link valueOf}, for many.
 *
 * @param table `displayTable()`.
 * @param light Any; cut to 0..1.
 * @returns 0..1.
 */
export function valueIn(table: Float64Array, light: number): number {
  const at = (light > 1 ? 1 : light > 0 ? light : 0) * (table.length - 2);
  const step = at | 0;
  return table[step]! + (at - step) * (table[step + 1]! - table[step]!);
}

/**
 * A colour in Oklab.
 *
 * @param red Encoded, 0..1.
 * @param green Likewise.
 * @param blue Likewise.
 * @returns Lightness of 0..1, a and b.
 */
export function toOklab(
  red: number,
  green: number,
  blue: number,
): readonly [lightness: number, a: number, b: number] {
  const { cones, lab } = oklab;
  const [r, g, b] = [lightOf(red), lightOf(green), lightOf(blue)];
  const long = rootOf(cones[0] * r + cones[1] * g + cones[2] * b);
  const middle = rootOf(cones[3] * r + cones[4] * g + cones[5] * b);
  const short = rootOf(cones[6] * r + cones[7] * g + cones[8] * b);
  return [
    lab[0] * long + lab[1] * middle + lab[2] * short,
    lab[3] * long + lab[4] * middle + lab[5] * short,
    lab[6] * long + lab[7] * middle + lab[8] * short,
  ];
}
