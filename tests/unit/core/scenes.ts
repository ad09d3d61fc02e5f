import { createRaster, type Raster8 } from '../../../src/core/picture/raster';

/**
 * A repeatable source of random numbers (mulberry32), uniform in 0..1.
 *
 * @param seed Any whole number.
 * @returns A function that draws the next number.
 */
export function seedRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Dead leaves: discs of every size that cover each other, which have the edges and the power
 * spectrum of a sharp photo (Ruderman 1997), and shading so that nothing is of one colour.
 *
 * @param side Width and height in pixels.
 * @param seed Which scene.
 * @returns An opaque raster of its own.
 */
export function drawScene(side: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const raster = createRaster({ width: side, height: side }, false);
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = i % 4 === 3 ? 255 : 128;
  for (let disc = 0; disc < side * 6; disc++) {
    const radius = 1.5 / Math.sqrt(random() + (6 / side) ** 2);
    const [x, y] = [random() * side, random() * side];
    const colour = [60 + 120 * random(), 60 + 120 * random(), 60 + 120 * random()];
    const slope = (random() - 0.5) / 2;
    for (let v = Math.max(0, Math.ceil(y - radius)); v < Math.min(side, y + radius); v++)
      for (let u = Math.max(0, Math.ceil(x - radius)); u < Math.min(side, x + radius); u++) {
        const cover = Math.min(1, radius - Math.hypot(u - x, v - y));
        const at = (v * side + u) * 4;
        for (let c = 0; c < 3 && cover > 0; c++)
          raster.data[at + c]! += cover * (colour[c]! + slope * (u - x) - raster.data[at + c]!);
      }
  }
  return raster;
}

/**
 * Adds white Gaussian noise to R, G and B.
 *
 * @param source Read from.
 * @param sigma Its standard deviation in levels.
 * @param seed Which noise.
 * @returns A new raster, rounded and clamped to 8 bit.
 */
export function addNoise(source: Raster8, sigma: number, seed = 7): Raster8 {
  const random = seedRandom(seed);
  const gauss = () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) * sigma;
  return { ...source, data: source.data.map((v, i) => (i % 4 === 3 ? v : v + gauss())) };
}

/**
 * Blurs with a Gaussian.
 *
 * @param source Read from.
 * @param sigma Its standard deviation in pixels.
 * @returns A new raster, rounded to 8 bit; the border repeats.
 */
export function blurScene(source: Raster8, sigma: number): Raster8 {
  const { width, height } = source;
  const reach = Math.ceil(4 * sigma);
  const raw = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / 2 / sigma ** 2),
  );
  const sum = raw.reduce((a, b) => a + b);
  const clamp = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
  const filter = (from: ArrayLike<number>, dx: number, dy: number) =>
    Float64Array.from({ length: from.length }, (_, i) => {
      const pixel = i >> 2;
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      return raw.reduce((total, weight, tap) => {
        const u = clamp(x + (tap - reach) * dx, width);
        const v = clamp(y + (tap - reach) * dy, height);
        return total + (weight / sum) * from[(v * width + u) * 4 + (i & 3)]!;
      }, 0);
    });
  return { ...source, data: new Uint8ClampedArray(filter(filter(source.data, 1, 0), 0, 1)) };
}

/** ITU-T T.81, table K.1. */
const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/**
 * What a gray JPEG file of a quality shows: the luminance quantized in 8 x 8 blocks from the corner.
 *
 * @param source Read from; sides a multiple of 8.
 * @param quality 1..100, libjpeg's scale.
 * @returns A new gray raster.
 */
export function compressScene(source: Raster8, quality: number): Raster8 {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = luminance.map((base) => Math.max(1, Math.floor((base * percent + 50) / 100)));
  const out = { ...source, data: source.data.slice() };
  const block = new Float64Array(64);
  for (let y = 0; y < source.height; y += 8)
    for (let x = 0; x < source.width; x += 8) {
      const at = (i: number) => ((y + (i >> 3)) * source.width + x + (i & 7)) * 4;
      for (let i = 0; i < 64; i++) {
        const [r, g, b] = source.data.subarray(at(i), at(i) + 3);
        block[i] = Math.round(0.299 * r! + 0.587 * g! + 0.114 * b!);
      }
      const quantized = turnBlock(block, false).map(
        (c, i) => steps[i]! * Math.round(c / steps[i]!),
      );
      turnBlock(quantized, true).forEach((value, i) => {
        out.data.fill(value, at(i), at(i) + 3);
      });
    }
  return out;
}

const cosines = Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.sqrt(1 / 8) : 1 / 2;
  return scale * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / 16);
});

/** The DCT of a block by its definition, or its inverse. */
function turnBlock(block: Float64Array, inverse: boolean): Float64Array {
  const factor = (frequency: number, sample: number) => cosines[frequency * 8 + sample]!;
  const turnRows = (from: Float64Array) =>
    // Transposed as well, so that twice is both directions.
    from.map((_, i) => {
      let sum = 0;
      for (let k = 0; k < 8; k++)
        sum += from[(i & 7) * 8 + k]! * (inverse ? factor(k, i >> 3) : factor(i >> 3, k));
      return sum;
    });
  return turnRows(turnRows(block));
}
