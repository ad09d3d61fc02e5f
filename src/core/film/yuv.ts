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
  const { luma, chroma, black } = rangeOf(colours);
  const [red, blue] = lumaShares[colours.matrix];
  const green = 1 - red - blue;
  const [scale, scaleU, scaleV] = [
    255 / luma,
    (2 * (1 - blue) * 255) / chroma,
    (2 * (1 - red) * 255) / chroma,
  ];
  const [greenU, greenV] = [(-blue / green) * scaleU, (-red / green) * scaleV];
  const out = createRaster({ width, height }, false);
  const { data } = out;
  const [us, vs] = [new Float32Array(width), new Float32Array(width)];
  for (let row = 0; row < height; row++) {
    spreadRow(picture, picture.u, row, us);
    spreadRow(picture, picture.v, row, vs);
    let from = y.offset + row * y.stride;
    let to = row * width * 4;
    for (let x = 0; x < width; x++, from += y.step, to += 4) {
      const light = (y.data[from]! - black) * scale;
      const [u, v] = [us[x]! - 128, vs[x]! - 128];
      // The array rounds and clamps.
      data[to] = light + scaleV * v;
      data[to + 1] = light + greenU * u + greenV * v;
      data[to + 2] = light + scaleU * u;
      data[to + 3] = 255;
    }
  }
  return out;
}

/** A colour difference of each pixel of a row. */
function spreadRow(
  { width, height, across, down }: YuvPicture,
  { data, offset, stride, step }: YuvPlane,
  row: number,
  out: Float32Array,
): void {
  const rows = Math.ceil(height / down);
  const near = down === 1 ? row : row >> 1;
  const far = down === 1 ? row : Math.min(rows - 1, Math.max(0, near + (row % 2 === 0 ? -1 : 1)));
  const share = down === 1 ? 0 : 0.25;
  const [a, b] = [offset + near * stride, offset + far * stride];
  const columns = Math.ceil(width / across);
  const at = (i: number) => data[a + i * step]! * (1 - share) + data[b + i * step]! * share;
  if (across === 1) {
    for (let x = 0; x < width; x++) out[x] = at(x);
    return;
  }
  let here = at(0);
  for (let i = 0; i < columns; i++) {
    const next = i + 1 < columns ? at(i + 1) : here;
    out[2 * i] = here;
    // Beyond the end of an odd row nothing is written.
    out[2 * i + 1] = (here + next) / 2;
    here = next;
  }
}

/** A picture as encoders take it: one plane after the other, without gaps, the colour differences halved across and down. */
export type I420 = Size & { readonly data: Uint8ClampedArray<ArrayBuffer> };

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
  const { luma, chroma, black } = rangeOf(colours);
  const [red, blue] = lumaShares[colours.matrix];
  const green = 1 - red - blue;
  const columns = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  // It rounds, and full colours are half a level beyond its end.
  const out = new Uint8ClampedArray(width * height + 2 * columns * rows);
  const lights = new Float32Array(width * 2);
  const scale = luma / 255;
  const toU = chroma / (255 * 2 * (1 - blue));
  const toV = chroma / (255 * 2 * (1 - red));
  let [atU, atV] = [width * height, width * height + columns * rows];
  for (let top = 0; top < height; top += 2) {
    const count = Math.min(2, height - top);
    for (let i = 0, from = top * width * 4; i < count * width; i++, from += 4) {
      const light = red * data[from]! + green * data[from + 1]! + blue * data[from + 2]!;
      lights[i] = light;
      out[top * width + i] = black + light * scale;
    }
    for (let x = 0; x < width; x += 2) {
      // On the column itself, with half of each neighbour.
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      let [u, v] = [0, 0];
      for (let row = 0; row < count; row++) {
        const start = (top + row) * width;
        for (const [column, weight] of [
          [left, 0.25],
          [x, 0.5],
          [right, 0.25],
        ] as const) {
          const light = lights[row * width + column]!;
          u += weight * (data[(start + column) * 4 + 2]! - light);
          v += weight * (data[(start + column) * 4]! - light);
        }
      }
      out[atU++] = 128 + (u / count) * toU;
      out[atV++] = 128 + (v / count) * toV;
    }
  }
  return { width, height, data: out };
}
