import {
  createRaster,
  depthOf,
  type Depth,
  type Raster,
  type Raster8,
  type Samples,
} from './raster';

/**
 * Where numbers become levels, and levels of one depth those of another: every rounding, clamping and
 * dithering of a picture's samples is done here, but for `scatter.wgsl`, which rounds as `roundLevel` does.
 */

/** The level of full scale. */
const peaks = { 8: 255, 16: 65535 } as const;

/** Levels of 16 bits for each of 8: full scale stays full scale. */
const levelsPerLevel = peaks[16] / peaks[8];

/**
 * The level of white and of full alpha.
 *
 * @param depth Bits a sample.
 * @returns 255 or 65535.
 */
export function peakOf(depth: Depth): number {
  return peaks[depth];
}

/**
 * The nearest whole level; a tie goes up. For what a network returns, on which scales and thresholds of
 * its own depend.
 *
 * @param level Not rounded, in levels; anything, NaN excepted.
 * @param peak The highest level.
 * @returns 0..peak.
 */
export function roundLevel(level: number, peak: number): number {
  return Math.min(peak, Math.max(0, Math.floor(level + 0.5)));
}

/**
 * The nearest whole level; a tie goes to the even one. For means: those of two levels are ties half of the
 * time, and would brighten a picture if all of them went up.
 *
 * @param level In levels of any depth, within its range.
 * @returns A whole level.
 */
export function roundMean(level: number): number {
  const up = Math.round(level);
  return up - level === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/**
 * Writes means, each rounded as `roundMean` does and clamped to full scale.
 *
 * @param levels Not rounded; NaN gives 0.
 * @param data Where they go.
 * @param start Where the first goes.
 */
export function writeMeans(levels: Float64Array, data: Samples, start: number): void {
  // A clamped array does both by itself, and faster (ECMAScript, ToUint8Clamp); a loop is faster than `set`.
  if (data instanceof Uint8ClampedArray)
    for (let i = 0; i < levels.length; i++) data[start + i] = levels[i]!;
  else
    for (let i = 0; i < levels.length; i++)
      data[start + i] = Math.min(peaks[16], Math.max(0, roundMean(levels[i]!)));
}

/**
 * A picture in 8 bits, each sample rounded.
 *
 * @param raster The picture; only read.
 * @returns `raster` itself where it has 8 bits, else a raster that owns a new buffer.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function toEight(raster: Raster): Raster8 {
  if (isEight(raster)) return raster;
  const out = eightLike(raster);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = Math.floor(raster.data[i]! / levelsPerLevel + 0.5);
  return out;
}

/**
 * A picture in 8 bits for a file: where it is smooth along its row, the rounding is spread over neighbours (ordered dither), so
 * that a gradient gets no bands. What is exact in 8 bits stays exact, and so does alpha that is none or full; where
 * neighbours are more than a level of 8 bits apart there is no band, and samples are rounded.
 *
 * @param raster The picture; only read.
 * @param top Where the raster begins in the picture that it is a band of, in rows: the dither goes on there.
 * @returns `raster` itself where it has 8 bits, else a raster that owns a new buffer.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function ditherToEight(raster: Raster, top = 0): Raster8 {
  if (isEight(raster)) return raster;
  const out = eightLike(raster);
  const { width, height, data } = raster;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const threshold = thresholdAt(x, top + y);
      const left = x === 0 ? 0 : 4;
      const right = x === width - 1 ? 0 : 4;
      for (let end = i + 4; i < end; i++) {
        const level = data[i]!;
        const isSmooth =
          Math.abs(level - data[i - left]!) <= levelsPerLevel &&
          Math.abs(level - data[i + right]!) <= levelsPerLevel;
        out.data[i] = Math.floor(level / levelsPerLevel + (isSmooth ? threshold : 0.5));
      }
    }
  return out;
}

function eightLike(raster: Raster): Raster8 {
  return { ...createRaster(raster, raster.hasAlpha), space: raster.space };
}

function isEight(raster: Raster): raster is Raster8 {
  return depthOf(raster) === 8;
}

/** Thresholds of an ordered dither, 8 x 8, of 64 different ones within 0..1 (Bayer 1973). */
const thresholds = Float64Array.from({ length: 64 }, (_, i) => makeThreshold(i & 7, i >> 3));

function thresholdAt(x: number, y: number): number {
  return thresholds[((y & 7) << 3) | (x & 7)]!;
}

function makeThreshold(x: number, y: number): number {
  let index = 0;
  for (let bit = 0; bit < 3; bit++) {
    const across = (x >> bit) & 1;
    const down = (y >> bit) & 1;
    index = index * 4 + ((across ^ down) * 2 + down);
  }
  return (index + 0.5) / 64;
}
