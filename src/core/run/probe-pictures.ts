import type { Size } from '../picture/rect';
import { goldenSide } from './golden';

/** Planes of any width and height, one after the other, as a network takes and gives them. */
export type Planes = Size & { readonly count: number; readonly values: Float32Array };

/**
 * Something of everything: slopes, edges, texture, saturated colours and noise, always the same.
 *
 * @param length Pixels a side.
 * @returns Three planes of 0..1.
 */
export function drawPicture(length: number): Planes {
  const values = new Float32Array(3 * length * length);
  const noise = noiseFrom(1);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < length; y++)
      for (let x = 0; x < length; x++) {
        const wave =
          0.2 * Math.sin((x * (3 + c) + y * 2) / 9) + 0.1 * Math.sin((y - x) / (2.3 + c));
        const patch = ((x >> 4) * 7 + (y >> 4) * 5 + c * 3) % 11;
        const value = 0.15 + 0.07 * patch + wave + 0.08 * (noise() - 0.5);
        values[(c * length + y) * length + x] = clamp(value);
      }
  return { width: length, height: length, count: 3, values };
}

/**
 * One period of a picture that repeats, of whole levels.
 *
 * @returns Three planes of 0..1, `goldenSide` a side.
 */
export function drawPeriod(): Planes {
  const values = new Float32Array(3 * goldenSide ** 2);
  const noise = noiseFrom(2);
  const turn = (2 * Math.PI) / goldenSide;
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < goldenSide; y++)
      for (let x = 0; x < goldenSide; x++) {
        const wave = Math.sin(turn * (x * (1 + c) + y)) + Math.sin(turn * (3 * y - x * (c + 2)));
        const edge = x > 8 && x < 20 && y > 10 + c && y < 24 ? 0.3 : 0;
        const value = 0.4 + 0.22 * wave + edge + 0.1 * (noise() - 0.5);
        values[(c * goldenSide + y) * goldenSide + x] = Math.round(255 * clamp(value)) / 255;
      }
  return { width: goldenSide, height: goldenSide, count: 3, values };
}

/** Marsaglia's xorshift of 32 bits, in 0..1. */
function noiseFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * A picture that repeats, of any size.
 *
 * @param period One of it, of `goldenSide` a side.
 * @param width Width of the result.
 * @param height Height of it.
 * @returns New planes.
 */
export function repeat(period: Planes, width: number, height: number): Planes {
  const values = new Float32Array(3 * width * height);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        values[(c * height + y) * width + x] = at(period, c, x % goldenSide, y % goldenSide);
  return { width, height, count: 3, values };
}

/**
 * A part of a picture.
 *
 * @param picture All of it.
 * @param left Where it begins, from the left.
 * @param top From above.
 * @param width Its width.
 * @param height Its height.
 * @returns New planes.
 */
export function cut(
  picture: Planes,
  left: number,
  top: number,
  width: number,
  height: number,
): Planes {
  const values = new Float32Array(3 * width * height);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < height; y++) {
      const from = (c * picture.height + top + y) * picture.width + left;
      values.set(picture.values.subarray(from, from + width), (c * height + y) * width);
    }
  return { width, height, count: 3, values };
}

/**
 * One value.
 *
 * @param planes Where.
 * @param planes.values See {@link Planes}.
 * @param planes.width See {@link Planes}.
 * @param planes.height See {@link Planes}.
 * @param c Its plane.
 * @param x From the left.
 * @param y From above.
 * @returns The value.
 */
export function at({ values, width, height }: Planes, c: number, x: number, y: number): number {
  return values[(c * height + y) * width + x]!;
}

/**
 * A picture in another range.
 *
 * @param planes Which.
 * @param factor What each value is multiplied with.
 * @returns New planes; the same where that is 1.
 */
export function times(planes: Planes, factor: number): Planes {
  return factor === 1 ? planes : { ...planes, values: planes.values.map((each) => each * factor) };
}

/**
 * A picture with red and blue in each other’s place.
 *
 * @param planes Which.
 * @returns New planes.
 */
export function swapped(planes: Planes): Planes {
  const plane = planes.width * planes.height;
  const values = new Float32Array(planes.values.length);
  for (let c = 0; c < 3; c++)
    values.set(planes.values.subarray(c * plane, (c + 1) * plane), (2 - c) * plane);
  return { ...planes, values };
}

/**
 * The mean of each pixel's own square.
 *
 * @param output A result.
 * @param scale How many times its sides are the input's.
 * @returns New planes of the input's size.
 */
export function shrink(output: Planes, scale: number): Planes {
  const [width, height] = [output.width / scale, output.height / scale];
  const values = new Float32Array(3 * width * height);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < output.height; y++)
      for (let x = 0; x < output.width; x++)
        values[(c * height + Math.floor(y / scale)) * width + Math.floor(x / scale)]! +=
          at(output, c, x, y) / scale ** 2;
  return { width, height, count: 3, values };
}

/**
 * Correlation of two pictures, plane by plane and then the mean.
 *
 * @param a One.
 * @param b Another of its size.
 * @param isSwapped Whether red is held against blue.
 * @returns 1 where they differ in brightness and contrast alone.
 */
export function likeness(a: Planes, b: Planes, isSwapped: boolean): number {
  const plane = a.width * a.height;
  const of = (planes: Planes, c: number) => planes.values.subarray(c * plane, (c + 1) * plane);
  const each = [0, 1, 2].map((c) => correlate(of(a, c), of(b, isSwapped ? 2 - c : c)).correlation);
  return (each[0]! + each[1]! + each[2]!) / 3;
}

/**
 * By how much a picture's contrast is that of another.
 *
 * @param a The other.
 * @param b The picture, of its size.
 * @returns 1 where it is the same.
 */
export function slope(a: Planes, b: Planes): number {
  return correlate(a.values, b.values).slope;
}

function correlate(a: Float32Array, b: Float32Array) {
  const [ofA, ofB] = [spread(a), spread(b)];
  let product = 0;
  for (let i = 0; i < a.length; i++) product += (a[i]! - ofA.mean) * (b[i]! - ofB.mean);
  const covariance = product / a.length;
  return {
    correlation: covariance / (ofA.deviation * Math.max(ofB.deviation, 1e-12)),
    slope: covariance / ofA.deviation ** 2,
  };
}

/**
 * How values spread.
 *
 * @param values At least one.
 * @returns Their mean, the largest without its sign, and their standard deviation.
 */
export function spread(values: Float32Array) {
  let [sum, squares, most] = [0, 0, 0];
  for (const value of values) {
    sum += value;
    most = Math.max(most, Math.abs(value));
  }
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, most, deviation: Math.sqrt(squares / values.length) };
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
