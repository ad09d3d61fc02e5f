/** The network that finds faces, on plain arrays: what its converted file is compared with, and what its golden tile holds. */
import { readWeights, toFloats } from './face-finder.mjs';

/** @typedef {{ width: number, height: number, channels: number, values: Float64Array }} Grid Rows of columns of channels. */
/** @typedef {(grid: Grid, x: number, y: number, channel: number) => number} Read What lies at a place, also beyond the edges. */

/** @type {Read} Beyond the edges lies nothing. */
const bare = ({ width, height, channels, values }, x, y, channel) =>
  x < 0 || y < 0 || x >= width || y >= height
    ? 0
    : (values[(y * width + x) * channels + channel] ?? 0);

/** @type {Read} Beyond each edge the picture begins anew. */
const endless = (grid, x, y, channel) =>
  bare(grid, (x + grid.width) % grid.width, (y + grid.height) % grid.height, channel);

/**
 * @param {Grid} grid
 * @param {number} channels Of what is made.
 * @param {(x: number, y: number, channel: number) => number} make
 * @param {number} [step] Pixels from one that is made to the next.
 * @returns {Grid} A new one.
 */
function map({ width, height }, channels, make, step = 1) {
  const made = { width: width / step, height: height / step, channels };
  const values = new Float64Array(made.width * made.height * channels);
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(i / channels);
    const x = place % made.width;
    values[i] = make(x * step, ((place - x) / made.width) * step, i % channels);
  }
  return { ...made, values };
}

/** Offsets of a filter of 3 x 3. */
const around = [-1, 0, 1].flatMap((v) => [-1, 0, 1].map((u) => ({ u, v })));

/**
 * Runs the network as its author describes it.
 *
 * @param {Grid} picture R, G and B, 0..1; sides that 32 divides.
 * @param {boolean} isEndless Whether the picture goes on beyond its edges from the other side; nothing lies there else.
 * @returns {Grid} 25 numbers of each cell of 32 x 32 pixels, not squeezed.
 */
export function runOnArrays(picture, isEndless) {
  const weights = readWeights();
  const read = isEndless ? endless : bare;
  const floats = (/** @type {string} */ name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`The face detector has no ${name}.`);
    return toFloats(found);
  };
  const pointwise = (
    /** @type {Grid} */ grid,
    /** @type {string} */ name,
    /** @type {string} */ bias,
  ) => {
    const [filter, offsets] = [floats(name), floats(bias)];
    const outputs = offsets.length;
    return map(grid, outputs, (x, y, output) => {
      const start = (y * grid.width + x) * grid.channels;
      let sum = offsets[output] ?? 0;
      for (let c = 0; c < grid.channels; c++)
        sum += (grid.values[start + c] ?? 0) * (filter[c * outputs + output] ?? 0);
      return sum;
    });
  };
  const leaky = (/** @type {Grid} */ grid) => ({
    ...grid,
    values: grid.values.map((value) => (value < 0 ? 0.1 * value : value)),
  });
  const pool = (/** @type {Grid} */ grid, /** @type {number} */ step) =>
    map(
      grid,
      grid.channels,
      (x, y, c) => {
        let most = -Infinity;
        for (let v = y; v <= y + 1; v++)
          for (let u = x; u <= x + 1; u++)
            if (isEndless || (u < grid.width && v < grid.height))
              most = Math.max(most, read(grid, u, v, c));
        return most;
      },
      step,
    );
  const means = [117.001, 114.697, 97.404];
  const centred = map(picture, 3, (x, y, c) => read(picture, x, y, c) - (means[c] ?? 0) / 255);
  const first = floats('conv0/filters');
  const offsets = floats('conv0/bias');
  let grid = map(centred, 16, (x, y, output) =>
    around.reduce((sum, { u, v }, at) => {
      for (let c = 0; c < 3; c++)
        sum += read(centred, x + 1 + u, y + 1 + v, c) * (first[(at * 3 + c) * 16 + output] ?? 0);
      return sum;
    }, offsets[output] ?? 0),
  );
  grid = pool(leaky(grid), 2);
  for (let layer = 1; layer <= 5; layer++) {
    const before = grid;
    const filter = floats(`conv${layer}/depthwise_filter`);
    const each = map(before, before.channels, (x, y, c) =>
      around.reduce(
        (sum, { u, v }, at) =>
          sum + read(before, x + u, y + v, c) * (filter[at * before.channels + c] ?? 0),
        0,
      ),
    );
    const mixed = pointwise(each, `conv${layer}/pointwise_filter`, `conv${layer}/bias`);
    grid = pool(leaky(mixed), layer === 5 ? 1 : 2);
  }
  return pointwise(grid, 'conv8/filters', 'conv8/bias');
}
