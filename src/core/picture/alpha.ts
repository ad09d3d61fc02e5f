import { peakOf, roundMean } from './depth';
import { depthOf, type Raster, type Samples } from './raster';

/** How far a photo's colour is grown into its transparent pixels; no network here sees farther. */
export const bleedRadius = 128;

/** Levels are kept in one byte a pixel: 0 unknown, 1 visible, n + 1 filled at distance n. */
const mostLevels = 254;

/**
 * Whether any pixel is not fully opaque.
 *
 * @param data Interleaved RGBA.
 * @returns True where some alpha is not full.
 */
export function hasTransparency(data: Samples): boolean {
  const full = peakOf(depthOf({ data }));
  for (let i = 3; i < data.length; i += 4) if (data[i] !== full) return true;
  return false;
}

/**
 * Gives fully transparent pixels the colour of what is visible near them, so that the colour hidden
 * there (mostly black) does not darken the edges when a network or a resample mixes neighbours.
 * Grows outward one pixel at a time: each pixel becomes the mean of its known neighbours among eight.
 * Alpha is not touched; neither are pixels farther away, nor a picture without visible pixels.
 * Every pixel is visited a bounded number of times, so time is in proportion to the pixels.
 *
 * @param raster Changed in place: R, G and B of pixels whose alpha is 0.
 * @param radius How far to grow, in pixels, 0..254; farther is cut to 254.
 */
export function bleedColour(raster: Raster, radius: number): void {
  const { width, height, data } = raster;
  const levels = new Uint8Array(width * height);
  for (let i = 0; i < levels.length; i++) if (data[i * 4 + 3] !== 0) levels[i] = 1;
  const field: Field = { width, height, data, levels };
  let front = new Front();
  for (let i = 0; i < levels.length; i++)
    if (levels[i] === 0 && touchesLevel(field, i, 1)) front.push(i);
  for (let i = 0; i < front.length; i++) levels[front.at(i)] = 2;
  const last = Math.min(mostLevels, Math.floor(radius)) + 1;
  for (let level = 2; level <= last && front.length > 0; level++) {
    const next = new Front();
    for (let i = 0; i < front.length; i++) fillPixel(field, front.at(i), level, next);
    front = next;
  }
}

type Field = {
  readonly width: number;
  readonly height: number;
  readonly data: Samples;
  readonly levels: Uint8Array;
};

/** A growing list of pixel indices: a plain array of them would need several times the memory. */
class Front {
  length = 0;
  #items = new Int32Array(1024);

  push(item: number): void {
    if (this.length === this.#items.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length++] = item;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

function touchesLevel({ width, height, levels }: Field, pixel: number, level: number): boolean {
  const x = pixel % width;
  const y = (pixel - x) / width;
  const right = Math.min(width - 1, x + 1);
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
    for (let u = Math.max(0, x - 1); u <= right; u++)
      if (levels[v * width + u] === level) return true;
  return false;
}

/** Sets a pixel of this level from the levels before it, and queues its unknown neighbours. */
function fillPixel(field: Field, pixel: number, level: number, next: Front): void {
  const { width, height, data, levels } = field;
  const x = pixel % width;
  const y = (pixel - x) / width;
  const right = Math.min(width - 1, x + 1);
  let [r, g, b, count] = [0, 0, 0, 0];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
    for (let u = Math.max(0, x - 1); u <= right; u++) {
      const other = v * width + u;
      const known = levels[other] ?? 0;
      if (known === 0) {
        levels[other] = level + 1;
        next.push(other);
      } else if (known < level) {
        r += data[other * 4] ?? 0;
        g += data[other * 4 + 1] ?? 0;
        b += data[other * 4 + 2] ?? 0;
        count++;
      }
    }
  data[pixel * 4] = roundMean(r / count);
  data[pixel * 4 + 1] = roundMean(g / count);
  data[pixel * 4 + 2] = roundMean(b / count);
}
