import type { Raster } from '../picture/raster';

/** Reads a picture between its pixels. */
export interface ColourSample {
  /** Red, green and blue in levels, and alpha, after `read`; not rounded, and a little beyond the ends of the range at hard edges. */
  readonly colour: Float64Array<ArrayBuffer>;
  /** Reads at a place, in pixels from the middle of the first; beyond an edge there is more of the edge. */
  read(raster: Raster, x: number, y: number): void;
}

/** Weights of the four pixels round a place, of Keys' cubic with a = -0.5 (Keys 1981), written from `at`. */
function writeWeights(part: number, weights: Float64Array, at: number): void {
  weights[at] = part * (part * (1 - part / 2) - 0.5);
  weights[at + 1] = 1 + part * part * (1.5 * part - 2.5);
  weights[at + 2] = part * (0.5 + part * (2 - 1.5 * part));
  weights[at + 3] = part * part * (part / 2 - 0.5);
}

/**
 * A reader by cubic interpolation, which keeps detail that a linear one would soften each time a frame is moved.
 *
 * @returns A reader with a colour of its own, written anew by each reading.
 */
export function createSample(): ColourSample {
  const colour = new Float64Array(4);
  const weights = new Float64Array(8);
  const columns = new Int32Array(4);
  return {
    colour,
    read({ width, height, data }, x, y) {
      const left = Math.floor(x);
      const top = Math.floor(y);
      writeWeights(x - left, weights, 0);
      writeWeights(y - top, weights, 4);
      for (let i = 0; i < 4; i++) columns[i] = Math.max(0, Math.min(width - 1, left + i - 1)) * 4;
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let j = 0; j < 4; j++) {
        const row = Math.max(0, Math.min(height - 1, top + j - 1)) * width * 4;
        const weight = weights[4 + j]!;
        for (let i = 0; i < 4; i++) {
          const at = row + columns[i]!;
          const share = weight * weights[i]!;
          red += share * data[at]!;
          green += share * data[at + 1]!;
          blue += share * data[at + 2]!;
          alpha += share * data[at + 3]!;
        }
      }
      colour[0] = red;
      colour[1] = green;
      colour[2] = blue;
      colour[3] = alpha;
    },
  };
}
