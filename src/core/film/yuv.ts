import { createRaster, type Raster8 } from '../picture/raster';
import type { Size } from '../picture/rect';

/** What a clip's luma and colour differences are made of red, green and blue by. */
export type YuvMatrix = 'bt601' | 'bt709' | 'bt2020';

/** What the numbers of a clip's pictures mean. */
export type YuvColours = {
  readonly matrix: YuvMatrix;
  /** Whether black is 0 and white 255; else they are 16 and 235. */
  readonly isFull: boolean;
};

/** One plane of a picture: 8 bits a sample. */
export type YuvPlane = {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** Where its first sample lies. */
  readonly offset: number;
  /** Samples from one row to the next. */
  readonly stride: number;
  /** Samples from one to the next in a row: 2 where two planes are interleaved. */
  readonly step: number;
};

/** A picture of luma and two colour differences; only read. */
export type YuvPicture = Size & {
  readonly y: YuvPlane;
  readonly u: YuvPlane;
  readonly v: YuvPlane;
  /** How many pixels one sample of a colour difference stands for, across and down: 1 or 2. */
  readonly across: 1 | 2;
  readonly down: 1 | 2;
};

/** Shares of red and blue in the luma: Rec. ITU-R BT.601-7, BT.709-6 and BT.2020-2. */
const lumaShares: Readonly<Record<YuvMatrix, readonly [red: number, blue: number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
};

/** Levels from black to white, of luma and of a colour difference, and black. */
function rangeOf({ isFull }: YuvColours) {
  return isFull ? { luma: 255, chroma: 255, black: 0 } : { luma: 219, chroma: 224, black: 16 };
}

/** Bits behind the point of what makes a level: whole numbers, so that a GPU comes to the same ones. */
export const fractionBits = 19;

/** A half of them, which a level is rounded by. */
const half = 2 ** (fractionBits - 1);

/** One, of eighths of a sample: what weights of neighbours are counted in. */
const eighth = 2 ** (fractionBits - 3);

/** What luma and colour differences are multiplied with, all of 32 bits with what they are multiplied with. */
export type YuvFactors = {
  readonly black: number;
  /** Of a level of luma, `fractionBits` behind the point. */
  readonly luma: number;
  /** Of an eighth of a level of the differences: `fractionBits` behind the point as well. */
  readonly redV: number;
  readonly greenU: number;
  readonly greenV: number;
  readonly blueU: number;
};

/**
 * What makes red, green and blue.
 *
 * @param colours What a picture's numbers mean.
 * @returns Whole numbers.
 */
export function factorsOfYuv(colours: YuvColours): YuvFactors {
  const { luma, chroma, black } = rangeOf(colours);
  const [red, blue] = lumaShares[colours.matrix];
  const green = 1 - red - blue;
  const [scaleU, scaleV] = [(2 * (1 - blue) * 255) / chroma, (2 * (1 - red) * 255) / chroma];
  return {
    black,
    luma: Math.round((255 / luma) * 2 ** fractionBits),
    redV: Math.round(scaleV * eighth),
    greenU: Math.round((-blue / green) * scaleU * eighth),
    greenV: Math.round((-red / green) * scaleV * eighth),
    blueU: Math.round(scaleU * eighth),
  };
}

/**
 * The pixels of a picture of luma and colour differences. Of halved planes the samples between are means of their neighbours, as
 * MPEG-2 and all after it place them: on every other column, and between two rows.
 *
 * @param picture The picture.
 * @param colours What its numbers mean.
 * @returns A raster that owns its buffer; 8 bits, no alpha.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function rasterOfYuv(picture: YuvPicture, colours: YuvColours): Raster8 {
  const { width, height, y } = picture;
  const { black, luma, redV, greenU, greenV, blueU } = factorsOfYuv(colours);
  const lights = Int32Array.from({ length: 256 }, (_, level) => (level - black) * luma + half);
  const out = createRaster({ width, height }, false);
  const { data } = out;
  const [us, vs] = [new Int16Array(width), new Int16Array(width)];
  const { data: levels, step } = y;
  for (let row = 0, to = 0; row < height; row++) {
    spreadRow(picture, picture.u, row, us);
    spreadRow(picture, picture.v, row, vs);
    for (let x = 0, from = y.offset + row * y.stride; x < width; x++, from += step, to += 4) {
      const light = lights[levels[from]!]!;
      const [u, v] = [us[x]!, vs[x]!];
      // The array clamps.
      data[to] = (light + redV * v) >> fractionBits;
      data[to + 1] = (light + greenU * u + greenV * v) >> fractionBits;
      data[to + 2] = (light + blueU * u) >> fractionBits;
      data[to + 3] = 255;
    }
  }
  return out;
}

/** A colour difference of each pixel of a row, in eighths of a level from none. */
function spreadRow(
  { width, height, across, down }: YuvPicture,
  { data, offset, stride, step }: YuvPlane,
  row: number,
  out: Int16Array,
): void {
  const rows = Math.ceil(height / down);
  const near = down === 1 ? row : row >> 1;
  const far = down === 1 ? row : Math.min(rows - 1, Math.max(0, near + (row % 2 === 0 ? -1 : 1)));
  let [a, b] = [offset + near * stride, offset + far * stride];
  const columns = Math.ceil(width / across);
  const none = 8 * 128;
  if (across === 1) {
    for (let x = 0; x < width; x++, a += step, b += step)
      out[x] = 6 * data[a]! + 2 * data[b]! - none;
    return;
  }
  let here = 3 * data[a]! + data[b]! - none / 2;
  for (let i = 0; i < columns; i++) {
    a += step;
    b += step;
    const next = i + 1 < columns ? 3 * data[a]! + data[b]! - none / 2 : here;
    out[2 * i] = 2 * here;
    // Beyond the end of an odd row nothing is written.
    out[2 * i + 1] = here + next;
    here = next;
  }
}

/** A picture as encoders take it: one plane after the other, without gaps, the colour differences halved across and down. */
export type I420 = Size & { readonly data: Uint8ClampedArray<ArrayBuffer> };

/** What red, green and blue are multiplied with, all of 32 bits with what they are multiplied with. */
export type RgbFactors = {
  /** Of a level, `fractionBits` behind the point; the last is what is added, with the half that rounds. */
  readonly y: readonly [red: number, green: number, blue: number, base: number];
  /** Of an eighth of a level, `fractionBits` behind the point as well. */
  readonly u: readonly [red: number, green: number, blue: number, base: number];
  readonly v: readonly [red: number, green: number, blue: number, base: number];
};

/**
 * What makes luma and colour differences: of white the whole, of a grey no difference.
 *
 * @param colours What the numbers are to mean.
 * @returns Whole numbers.
 */
export function factorsOfRgb(colours: YuvColours): RgbFactors {
  const { luma, chroma, black } = rangeOf(colours);
  const [red, blue] = lumaShares[colours.matrix];
  const scale = (luma / 255) * 2 ** fractionBits;
  const [r, b] = [Math.round(red * scale), Math.round(blue * scale)];
  const [toU, toV] = [1 - blue, 1 - red].map((own) => ((chroma / 255) * eighth) / (2 * own)) as [
    number,
    number,
  ];
  const most = Math.round((chroma / 255) * (eighth / 2));
  const [uRed, vBlue] = [Math.round(-red * toU), Math.round(-blue * toV)];
  const base = 128 * 2 ** fractionBits + half;
  return {
    y: [r, Math.round(scale) - r - b, b, black * 2 ** fractionBits + half],
    u: [uRed, -most - uRed, most, base],
    v: [most, -most - vBlue, vBlue, base],
  };
}

/**
 * A picture of luma and colour differences, as encoders take it: the inverse of {@link rasterOfYuv}, where nothing is finer than its
 * halved planes.
 *
 * @param raster The picture, 8 bits a sample; its alpha is not looked at.
 * @param colours What the numbers are to mean.
 * @returns The picture, in a buffer of its own.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function yuvOfRaster({ width, height, data }: Raster8, colours: YuvColours): I420 {
  const { y, u, v } = factorsOfRgb(colours);
  const [yRed, yGreen, yBlue, yBase] = y;
  const [uRed, uGreen, uBlue, uBase] = u;
  const [vRed, vGreen, vBlue, vBase] = v;
  const columns = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  // It clamps: full colours are half a level beyond its end.
  const out = new Uint8ClampedArray(width * height + 2 * columns * rows);
  for (let i = 0, from = 0; i < width * height; i++, from += 4) {
    const light = yRed * data[from]! + yGreen * data[from + 1]! + yBlue * data[from + 2]!;
    out[i] = (light + yBase) >> fractionBits;
  }
  let [atU, atV] = [width * height, width * height + columns * rows];
  for (let top = 0; top < height; top += 2) {
    const upper = top * width * 4;
    // Of the last one of an odd height twice.
    const lower = top + 1 < height ? upper + width * 4 : upper;
    let [leftRed, leftGreen, leftBlue] = [
      data[upper]! + data[lower]!,
      data[upper + 1]! + data[lower + 1]!,
      data[upper + 2]! + data[lower + 2]!,
    ];
    for (let x = 0; x < width; x += 2) {
      // On the column itself, with half of each neighbour.
      const [a, b] = [upper + 4 * x, lower + 4 * x];
      const right = x + 1 < width ? 4 : 0;
      const [c, d] = [a + right, b + right];
      const rightRed = data[c]! + data[d]!;
      const rightGreen = data[c + 1]! + data[d + 1]!;
      const rightBlue = data[c + 2]! + data[d + 2]!;
      const red = leftRed + 2 * (data[a]! + data[b]!) + rightRed;
      const green = leftGreen + 2 * (data[a + 1]! + data[b + 1]!) + rightGreen;
      const blue = leftBlue + 2 * (data[a + 2]! + data[b + 2]!) + rightBlue;
      out[atU++] = (uRed * red + uGreen * green + uBlue * blue + uBase) >> fractionBits;
      out[atV++] = (vRed * red + vGreen * green + vBlue * blue + vBase) >> fractionBits;
      leftRed = rightRed;
      leftGreen = rightGreen;
      leftBlue = rightBlue;
    }
  }
  return { width, height, data: out };
}
