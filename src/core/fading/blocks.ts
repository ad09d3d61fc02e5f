import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';

/** A strip is the paper round a print where its blocks differ by less, outliers of a twentieth on both sides left out. */
const mostPaper = 0.06;

/** The part of a side that may be paper. */
const mostBorder = 0.25;

/** The means of square blocks of a picture, row by row. */
export type Blocks = {
  /** Their side, in pixels. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  /** Of red, green and blue, 0..1. */
  readonly means: readonly Float32Array[];
};

/**
 * Takes the means of a picture's blocks; what is left at the right and below is not counted.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @param most How many blocks lie along the longer side, at the most.
 * @returns Its blocks, none where it is smaller than one.
 */
export function takeMeans(raster: Raster, most: number): Blocks {
  const { data } = raster;
  const side = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / most));
  const [width, height] = [Math.floor(raster.width / side), Math.floor(raster.height / side)];
  // Sums of whole levels: a double holds them exactly.
  const sums = new Float64Array(3 * width * height);
  for (let y = 0, from = 0; y < height * side; y++, from = y * raster.width * 4) {
    let to = Math.floor(y / side) * width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (const end = from + 4 * side; from < end; from += 4) {
        red += data[from]!;
        green += data[from + 1]!;
        blue += data[from + 2]!;
      }
      sums[to]! += red;
      sums[to + 1]! += green;
      sums[to + 2]! += blue;
    }
  }
  const whole = peakOf(depthOf(raster)) * side * side;
  const means = [0, 1, 2].map((c) =>
    Float32Array.from({ length: width * height }, (_, i) => sums[3 * i + c]! / whole),
  );
  return { side, width, height, means };
}

/** A part of the blocks; right and bottom lie outside of it. */
export type Inside = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/**
 * What lies inside of the paper, or of the page, round a print.
 *
 * @param blocks Of the picture.
 * @returns All, where paper is not on all four sides.
 */
export function withoutPaper({ width, height, means }: Blocks): Inside {
  const isPaper = (count: number, at: (i: number) => number) =>
    means.every((values) => {
      const strip = Float32Array.from({ length: count }, (_, i) => values[at(i)]!).sort();
      const out = Math.floor(count / 20);
      return strip[count - 1 - out]! - strip[out]! < mostPaper;
    });
  const isRow = (y: number) => isPaper(width, (x) => y * width + x);
  const isColumn = (x: number) => isPaper(height, (y) => y * width + x);
  const depth = (length: number, isStrip: (i: number) => boolean) => {
    let i = 0;
    while (i < length * mostBorder && isStrip(i)) i++;
    return i;
  };
  const top = depth(height, isRow);
  const bottom = depth(height, (i) => isRow(height - 1 - i));
  const left = depth(width, isColumn);
  const right = depth(width, (i) => isColumn(width - 1 - i));
  if (Math.min(top, bottom, left, right) === 0)
    return { left: 0, top: 0, right: width, bottom: height };
  return { left, top, right: width - right, bottom: height - bottom };
}
