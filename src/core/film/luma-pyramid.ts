import { peakOf } from '../picture/depth';
import { lumaWeights } from '../picture/luma';
import { createPlane, type Plane } from '../picture/plane';
import { depthOf, type Raster } from '../picture/raster';

/** Luma of a frame, 0..255 whatever its depth, from its finest level on; each next one has half the sides. */
export interface LumaPyramid {
  /** Planes, at least one. */
  readonly levels: readonly Plane[];
  /** Pixels of the frame along a side of a pixel of the finest level: a whole number from 1. */
  readonly factor: number;
}

/** The shortest side of a level that is halved once more. */
const leastSide = 24;

/**
 * The luma of a frame at several sizes: means of blocks, what does not fill one at the right and the lower edge left out.
 *
 * @param raster The frame; only read. Transparency is not heeded.
 * @param mostPixels Pixels that the finest level may have, but for very small frames.
 * @returns Planes of their own: at most 4/3 of `mostPixels` times 4 bytes.
 */
export function lumaPyramid(raster: Raster, mostPixels: number): LumaPyramid {
  const { width, height } = raster;
  const wanted = Math.ceil(Math.sqrt((width * height) / mostPixels));
  const factor = Math.max(1, Math.min(wanted, width, height));
  const levels = [reduceLuma(raster, factor)];
  for (let last = levels[0]!; Math.min(last.width, last.height) >= leastSide;) {
    last = halve(last);
    levels.push(last);
  }
  return { levels, factor };
}

function reduceLuma(raster: Raster, factor: number): Plane {
  const { width, data } = raster;
  const out = createPlane({
    width: Math.floor(width / factor),
    height: Math.floor(raster.height / factor),
  });
  const scale = 255 / peakOf(depthOf(raster)) / factor ** 2;
  const [red, green, blue] = lumaWeights.map((weight) => weight * scale) as [
    number,
    number,
    number,
  ];
  const { values } = out;
  for (let y = 0; y < out.height * factor; y++) {
    const row = Math.floor(y / factor) * out.width;
    for (let x = 0, at = y * width * 4; x < out.width; x++)
      for (let k = 0; k < factor; k++, at += 4)
        values[row + x]! += red * data[at]! + green * data[at + 1]! + blue * data[at + 2]!;
  }
  return out;
}

/**
 * A plane of half the sides, by means of four.
 *
 * @param plane At least 2 x 2; only read.
 * @returns A plane that owns its buffer.
 */
export function halve({ width, height, values }: Plane): Plane {
  const out = createPlane({ width: width >> 1, height: height >> 1 });
  for (let y = 0, to = 0; y < out.height; y++)
    for (let x = 0; x < out.width; x++, to++) {
      const at = 2 * y * width + 2 * x;
      out.values[to] =
        (values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!) / 4;
    }
  return out;
}
