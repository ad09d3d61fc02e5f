import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';

/** What red, green and blue have become, 0..1. */
export type Levels = readonly [red: number, green: number, blue: number];

/** How far a picture has faded. */
export type Fading = {
  /** What the darkest and the brightest of each channel have become. */
  readonly black: Levels;
  readonly white: Levels;
  /**
   * Whether it is a colour print that has faded: none of its blacks is black any more, its whites are of a colour, and
   * little is left between them. Else it may be fog, or an evening.
   */
  readonly isFaded: boolean;
};

/** Blocks along the longer side whose means are looked at: a single speck of dust is no black. */
const mostBlocks = 256;

/** Shares of the blocks below the black and above the white. */
const outliers = 0.002;

/**
 * From where it is a faded print: the black of every channel, the distance of the brightest white from the darkest, and
 * up to which no channel reaches farther from black to white. Of 138 photos of CID22, CBSD68 and LIVE1 none has all three;
 * of 82 that are faded by drawn dyes 30 (`bench -- old fading`).
 */
const leastBlack = 0.14;
const leastTint = 0.09;
const mostContrast = 0.75;

/**
 * A picture that has no black is none that has lost it: up to which the darkest of the channels lie apart, and from where
 * neighbouring blocks do. Those of the 30 lie up to 0.11 apart, and from 0.004; a smooth gradient's blocks up to 0.0007.
 */
const mostBlackTint = 0.15;
const leastDetail = 0.002;

/** A strip is the paper round a print where its blocks differ by less, outliers of a twentieth on both sides left out. */
const mostPaper = 0.06;

/** The part of a side that may be paper. */
const mostBorder = 0.25;

/**
 * Measures how far a picture has faded, without the paper or page round it, if there is one on all four sides.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns What black and white have become; black 0 and white 1 where the picture is too small to tell.
 */
export function findFading(raster: Raster): Fading {
  const blocks = takeMeans(raster);
  const inside = withoutPaper(blocks);
  const count = (inside.right - inside.left) * (inside.bottom - inside.top);
  if (count < 64) return { black: [0, 0, 0], white: [1, 1, 1], isFaded: false };
  const ends = blocks.means.map((means) => {
    const values = new Float32Array(count);
    let to = 0;
    for (let y = inside.top; y < inside.bottom; y++)
      for (let x = inside.left; x < inside.right; x++) values[to++] = means[y * blocks.width + x]!;
    values.sort();
    const out = Math.round(outliers * (count - 1));
    return [values[out]!, values[count - 1 - out]!] as const;
  });
  const black = ends.map(([low]) => low) as unknown as Levels;
  const white = ends.map(([, high]) => high) as unknown as Levels;
  const tint = Math.max(...white) - Math.min(...white);
  const contrast = Math.max(...white.map((each, c) => each - black[c]!));
  const isLifted =
    Math.min(...black) > leastBlack && Math.max(...black) - Math.min(...black) < mostBlackTint;
  const isFlat = isLifted && tint > leastTint && contrast < mostContrast;
  return { black, white, isFaded: isFlat && measureDetail(blocks, inside) > leastDetail };
}

type Blocks = {
  readonly width: number;
  readonly height: number;
  /** Of red, green and blue, 0..1. */
  readonly means: readonly Float32Array[];
};

function takeMeans(raster: Raster): Blocks {
  const { data } = raster;
  const side = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / mostBlocks));
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
  return { width, height, means };
}

/** A part of the blocks; right and bottom lie outside of it. */
type Inside = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** How far a block is from the mean of its four neighbours, on average, in the channel where that is most, 0..1. */
function measureDetail({ width, means }: Blocks, { left, top, right, bottom }: Inside): number {
  const sums = means.map((values) => {
    let sum = 0;
    for (let y = top + 1; y < bottom - 1; y++)
      for (let x = left + 1, at = y * width + x; x < right - 1; x++, at++) {
        const around =
          values[at - 1]! + values[at + 1]! + values[at - width]! + values[at + width]!;
        sum += Math.abs(values[at]! - around / 4);
      }
    return sum;
  });
  return Math.max(...sums) / Math.max(1, (right - left - 2) * (bottom - top - 2));
}

/** What lies inside of the paper: all, where it is not on all four sides. */
function withoutPaper({ width, height, means }: Blocks): Inside {
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
