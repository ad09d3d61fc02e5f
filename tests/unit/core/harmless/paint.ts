import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';

/** R, G and B, 0..255; what lies outside is clamped. */
export type Colour = readonly [number, number, number];

/** The colour at a point; pixel `(x, y)` reaches from there to `(x + 1, y + 1)`. */
export type Shader = (x: number, y: number) => Colour;

export const black: Colour = [0, 0, 0];
export const white: Colour = [255, 255, 255];

/**
 * Paints a picture.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param shader Asked for each sample.
 * @param across Samples along each side of a pixel: 1 for hard edges, more for smooth ones. What is thinner than
 *   a pixel may be missed.
 * @returns An opaque raster of its own.
 */
export function paint(width: number, height: number, shader: Shader, across = 1): Raster8 {
  const raster = createRaster({ width, height }, false);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4)
      raster.data.set([...meanOf(shader, x, y, across), 255], at);
  return raster;
}

/** The mean colour of a pixel's samples; one of them where its corners are of one colour. */
function meanOf(shader: Shader, x: number, y: number, across: number): Colour {
  const at = (u: number, v: number) => shader(x + (u + 0.5) / across, y + (v + 0.5) / across);
  const last = across - 1;
  const first = at(0, 0);
  if (across === 1) return first;
  const corners = [at(last, 0), at(0, last), at(last, last)];
  if (corners.every((corner) => corner.every((value, c) => value === first[c]))) return first;
  const sum: [number, number, number] = [0, 0, 0];
  for (let v = 0; v < across; v++)
    for (let u = 0; u < across; u++)
      at(u, v).forEach((value, c) => {
        sum[c]! += value / across ** 2;
      });
  return sum;
}

/**
 * A colour between two.
 *
 * @param from The one.
 * @param to The other.
 * @param share 0..1, how much of the other.
 * @returns A new colour.
 */
export function mix(from: Colour, to: Colour, share: number): Colour {
  return [0, 1, 2].map((c) => from[c]! + share * (to[c]! - from[c]!)) as unknown as Colour;
}

/**
 * Seen turned about the origin.
 *
 * @param shader What is seen.
 * @param degrees Clockwise.
 * @returns The shader of the turned picture.
 */
export function turn(shader: Shader, degrees: number): Shader {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return (x, y) => shader(x * cos + y * sin, y * cos - x * sin);
}

/**
 * Repeats every pixel, as a screen with large pixels shows a picture.
 *
 * @param source Read from.
 * @param times How often along each axis; a whole number.
 * @returns A new raster.
 */
export function repeatPixels(source: Raster8, times: number): Raster8 {
  const [width, height] = [source.width * times, source.height * times];
  const out = createRaster({ width, height }, source.hasAlpha);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const from = (Math.floor(y / times) * source.width + Math.floor(x / times)) * 4;
      out.data.set(source.data.subarray(from, from + 4), at);
    }
  return out;
}
