import { peakOf, writeMeans } from '../picture/depth';
import { displayTable, lightTable } from '../picture/light';
import { createLike, depthOf, type Raster, type Samples } from '../picture/raster';
import type { Rect } from '../picture/rect';
import { reflect } from '../picture/resample';
import type { Pause } from '../shake/pace';

/** Pixels that are made between two pauses. */
const pixelsAPause = 2 ** 17;

/**
 * Cuts an upright rectangle out of a picture that is turned round the rectangle's middle. In linear light, colour weighted
 * by alpha; Keys' cubic convolution (1981, a = -0.5), whose reach of two pixels draws the narrowest halos of its kind.
 *
 * @param source Only read.
 * @param cut What is cut out, in the source's pixels as if it were not turned; whole sizes.
 * @param angle Degrees that the source is turned by, clockwise.
 * @param pause Awaited now and then, with the share that is done; what it rejects with ends it.
 * @returns A raster of the rectangle's size that owns a new buffer; beyond the source's edges it is mirrored.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export async function straighten<S extends Samples>(
  source: Raster<S>,
  cut: Rect,
  angle: number,
  pause: Pause,
): Promise<Raster<S>> {
  const out = createLike(source, cut);
  const row = makeRow(source, cut.width);
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const middle = { x: cut.x + cut.width / 2, y: cut.y + cut.height / 2 };
  const rowsAPause = Math.max(1, Math.ceil(pixelsAPause / cut.width));
  for (let y = 0; y < cut.height; y++) {
    if (y % rowsAPause === rowsAPause - 1) await pause(y / cut.height);
    const [right, down] = [0.5 - cut.width / 2, y + 0.5 - cut.height / 2];
    // Sample places, half a pixel less than edges.
    const x = middle.x + cos * right + sin * down - 0.5;
    writeMeans(
      row(x, middle.y - sin * right + cos * down - 0.5, cos, -sin),
      out.data,
      y * cut.width * 4,
    );
  }
  return out;
}

/** Makes one row, from where it begins in the source and where each next pixel of it lies. */
function makeRow(source: Raster, width: number) {
  const { data, hasAlpha } = source;
  const depth = depthOf(source);
  const peak = peakOf(depth);
  const light = lightTable(depth);
  const display = displayTable();
  const steps = display.length - 2;
  const levels = new Float64Array(width * 4);
  const [across, down] = [new Float64Array(4), new Float64Array(4)];
  const [columns, rows] = [new Int32Array(4), new Int32Array(4)];
  const encode = (value: number) => {
    const place = Math.min(1, Math.max(0, value)) * steps;
    const step = Math.floor(place);
    const low = display[step]!;
    return peak * (low + (place - step) * (display[step + 1]! - low));
  };
  const { width: columnsOfAll, height: rowsOfAll } = source;
  return (x: number, y: number, dx: number, dy: number): Float64Array => {
    for (let i = 0; i < levels.length; i += 4, x += dx, y += dy) {
      const left = Math.floor(x);
      const top = Math.floor(y);
      weigh(x - left, across);
      weigh(y - top, down);
      for (let tap = 0; tap < 4; tap++) {
        const column = left - 1 + tap;
        const row = top - 1 + tap;
        columns[tap] =
          4 * (column >= 0 && column < columnsOfAll ? column : reflect(column, columnsOfAll));
        rows[tap] =
          4 * columnsOfAll * (row >= 0 && row < rowsOfAll ? row : reflect(row, rowsOfAll));
      }
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let line = 0; line < 4; line++)
        for (let tap = 0; tap < 4; tap++) {
          const at = rows[line]! + columns[tap]!;
          const cover = hasAlpha ? data[at + 3]! / peak : 1;
          const weight = down[line]! * across[tap]! * cover;
          red += weight * light[data[at]!]!;
          green += weight * light[data[at + 1]!]!;
          blue += weight * light[data[at + 2]!]!;
          alpha += weight;
        }
      const divisor = hasAlpha ? Math.max(alpha, 1e-6) : 1;
      levels[i] = encode(red / divisor);
      levels[i + 1] = encode(green / divisor);
      levels[i + 2] = encode(blue / divisor);
      levels[i + 3] = hasAlpha ? alpha * peak : peak;
    }
    return levels;
  };
}

/** Weights of the samples one before, at, one and two after a place. */
function weigh(t: number, out: Float64Array): void {
  out[0] = ((-0.5 * t + 1) * t - 0.5) * t;
  out[1] = (1.5 * t - 2.5) * t * t + 1;
  out[2] = ((-1.5 * t + 2) * t + 0.5) * t;
  out[3] = (0.5 * t - 0.5) * t * t;
}
