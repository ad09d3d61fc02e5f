import { peakOf, roundMean } from '../picture/depth';
import { displayTable, lightTable, luminance } from '../picture/light';
import { lightOf } from '../picture/oklab';
import { createLike, depthOf, type Depth, type Raster, type Samples } from '../picture/raster';
import type { Film, Tone } from '../recipe/tone';
import type { Pause } from '../shake/pace';

/** Stops between red and blue light, each way, at the ends of temperature: a lamp's light at noon's balance has two. */
const mostWarmth = 1;

/** Stops of green light at the ends of tint. */
const mostTint = 0.5;

/** How far shadows or highlights move the lightness that they move most: as far as the curve still rises everywhere. */
export const mostMoved = 0.1;

/** Makes the height of `x (1 - x)^3` 1. */
export const hump = 256 / 27;

/** Halvings of light, from 1 on, below which the curve is what it tends to. */
export const curveHalvings = 24;

/** Places of the curve's table for each halving of light: its index is what a float begins with. */
const curvePlaces = 8;

/** Bits of a float (IEEE 754) that lie behind such a place, and the place of the least light. */
const bitsBehind = 23 - curvePlaces;
const firstPlace = (127 - curveHalvings) << curvePlaces;

/** Steps of light in the table of an 8-bit picture's levels: they lie a twentieth of a level apart at most. */
const levelSteps = 2 ** 16;

/** Pixels that are worked between two pauses. */
const pixelsAPause = 2 ** 18;

/** Light of red, green and blue. */
export type LightOf = readonly [red: number, green: number, blue: number];

/**
 * What temperature, tint and brightness multiply light with.
 *
 * @param tone The tone.
 * @returns The gains; a white balance alone keeps the luminance of gray.
 */
export function toneGains({ temperature, tint, brightness }: Tone): LightOf {
  const red = 2 ** (mostWarmth * temperature);
  const green = 2 ** (-mostTint * tint);
  const blue = 1 / red;
  const gray = luminance[0] * red + luminance[1] * green + luminance[2] * blue;
  const gain = 2 ** brightness / gray;
  return [gain * red, gain * green, gain * blue];
}

/**
 * The white balance in which a colour is gray.
 *
 * @param colour Its light, each above 0, in the photo as it is.
 * @returns Temperature and tint, cut to what a tone may have.
 */
export function balanceOf([red, green, blue]: LightOf): Pick<Tone, 'temperature' | 'tint'> {
  const [r, g, b] = [Math.log2(red), Math.log2(green), Math.log2(blue)];
  const cut = (value: number) => Math.min(1, Math.max(-1, value));
  return {
    temperature: cut((b - r) / (2 * mostWarmth)),
    tint: cut((g - (r + b) / 2) / mostTint),
  };
}

/**
 * Whether each pixel's light is moved by its luminance, which takes many times as long as tables of its own for each
 * channel.
 *
 * @param tone The tone.
 * @returns True where shadows or highlights are moved.
 */
export function hasCurve({ shadows, highlights }: Tone): boolean {
  return shadows !== 0 || highlights !== 0;
}

/**
 * What shadows and highlights multiply light with, by its luminance: they move lightness, its cubic root, by humps over
 * dark and bright parts (`x (1 - x)^3` and `x^3 (1 - x)`), so that black and white stay and nothing overtakes anything.
 *
 * @param tone The tone.
 * @returns By places of {@link curvePlaces}, from the least light to 1, and one more; null where they move nothing.
 */
function drawCurve(tone: Tone): Float32Array | null {
  if (!hasCurve(tone)) return null;
  const { shadows, highlights } = tone;
  const length = (curveHalvings << curvePlaces) + 2;
  return Float32Array.from({ length }, (_, place) => {
    const whole = 2 ** ((place >> curvePlaces) - curveHalvings);
    const part = (place % 2 ** curvePlaces) / 2 ** curvePlaces;
    const x = Math.cbrt(Math.min(1, whole * (1 + part)));
    const rest = 1 - x;
    const moved = mostMoved * hump * x * rest * (shadows * rest ** 2 + highlights * x ** 2);
    return ((x + moved) / x) ** 3;
  });
}

/**
 * Sets light and white of a photo, pixel by pixel in linear light, of a negative after its positive is made; what does not fit is cut. A photo in a space of its own
 * is worked by its own numbers as if they were sRGB's.
 *
 * @param photo Only read; alpha stays.
 * @param tone How.
 * @param pause Awaited now and then, with the share that is done; what it rejects with ends it.
 * @returns A raster that owns a new buffer.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export async function toneRaster<S extends Samples>(
  photo: Raster<S>,
  tone: Tone,
  pause: Pause,
): Promise<Raster<S>> {
  const out = createLike(photo);
  const length = photo.data.length;
  const work = makeTone(photo, tone, out);
  for (let start = 0; start < length; start += pixelsAPause * 4) {
    if (start > 0) await pause(start / length);
    work(start, Math.min(length, start + pixelsAPause * 4));
  }
  return out;
}

/**
 * Light by level, of each channel, before it is multiplied. Of a negative it is the positive's: what lies between the clear film and its densest part is
 * stretched to black and white, encoded, and bent by gamma. Film's own curve has no part in it: what is known of it is its ends.
 *
 * @param tone The tone.
 * @param depth Of the levels.
 * @returns For red, green and blue: light, 0..1, by level; not to be changed.
 */
export function lightsOf({ negative }: Tone, depth: Depth): readonly Float32Array[] {
  const light = lightTable(depth);
  return [0, 1, 2].map((c) => (negative ? drawPositive(negative, c, light) : light));
}

function drawPositive({ base, dense, gamma }: Film, c: number, light: Float32Array): Float32Array {
  const peak = light.length - 1;
  const span = base[c]! - dense[c]!;
  return light.map((_, level) => {
    const share = (base[c]! - level / peak) / span;
    return lightOf(Math.min(1, Math.max(0, share)) ** gamma);
  });
}

/** Works the samples from one place to another. */
function makeTone(photo: Raster, tone: Tone, out: Raster): (start: number, end: number) => void {
  const depth = depthOf(photo);
  const peak = peakOf(depth);
  const lights = lightsOf(tone, depth);
  const gains = toneGains(tone);
  const curve = drawCurve(tone);
  const [from, to] = [photo.data, out.data];
  if (!curve) {
    // One channel knows nothing of the others.
    const tables = lights.map((light, c) =>
      Float64Array.from(light, (value) => encode(value * gains[c]!, peak)),
    );
    const [reds, greens, blues] = tables as [Float64Array, Float64Array, Float64Array];
    return (start, end) => {
      for (let i = start; i < end; i += 4) {
        to[i] = reds[from[i]!]!;
        to[i + 1] = greens[from[i + 1]!]!;
        to[i + 2] = blues[from[i + 2]!]!;
        to[i + 3] = from[i + 3]!;
      }
    };
  }
  const level = depth === 8 ? levelTable() : null;
  const [red, green, blue] = gains;
  const [reds, greens, blues] = lights as [Float32Array, Float32Array, Float32Array];
  return (start, end) => {
    for (let i = start; i < end; i += 4) {
      const r = reds[from[i]!]! * red;
      const g = greens[from[i + 1]!]! * green;
      const b = blues[from[i + 2]!]! * blue;
      const factor = readCurve(curve, luminance[0] * r + luminance[1] * g + luminance[2] * b);
      if (level) {
        to[i] = level[placeOf(r * factor)]!;
        to[i + 1] = level[placeOf(g * factor)]!;
        to[i + 2] = level[placeOf(b * factor)]!;
      } else {
        to[i] = encode(r * factor, peak);
        to[i + 1] = encode(g * factor, peak);
        to[i + 2] = encode(b * factor, peak);
      }
      to[i + 3] = from[i + 3]!;
    }
  };
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

function readCurve(curve: Float32Array, y: number): number {
  float[0] = y < 1 ? y : 1;
  const at = bits[0]!;
  const place = (at >> bitsBehind) - firstPlace;
  if (place < 0) return curve[0]!;
  const share = (at & (2 ** bitsBehind - 1)) * 2 ** -bitsBehind;
  return curve[place]! + share * (curve[place + 1]! - curve[place]!);
}

let levels: Uint8Array | undefined;

/** Levels of 8 bits by light, each the nearest; made once. */
function levelTable(): Uint8Array {
  return (levels ??= Uint8Array.from({ length: levelSteps + 1 }, (_, step) =>
    encode(step / levelSteps, 255),
  ));
}

/** The place of light in {@link levelTable}. */
function placeOf(value: number): number {
  return value < 1 ? (value * levelSteps + 0.5) | 0 : levelSteps;
}

/** The nearest level of light. */
function encode(value: number, peak: number): number {
  const table = displayTable();
  const at = Math.min(1, Math.max(0, value)) * (table.length - 2);
  const step = Math.floor(at);
  return roundMean(peak * (table[step]! + (at - step) * (table[step + 1]! - table[step]!)));
}
