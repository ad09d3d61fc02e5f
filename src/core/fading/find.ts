import type { Raster } from '../picture/raster';
import { takeMeans, withoutPaper, type Blocks, type Inside } from './blocks';

/** What red, green and blue have become, 0..1. */
export type Levels = readonly [red: number, green: number, blue: number];

/** What the darkest and the brightest of each channel have become. */
export type Ends = {
  readonly black: Levels;
  readonly white: Levels;
};

/** How far a picture has faded. */
export type Fading = Ends & {
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

/**
 * Measures how far a picture has faded, without the paper or page round it, if there is one on all four sides.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns What black and white have become; black 0 and white 1 where the picture is too small to tell.
 */
export function findFading(raster: Raster): Fading {
  const blocks = takeMeans(raster, mostBlocks);
  const inside = withoutPaper(blocks);
  if (countOf(inside) < 64) return { black: [0, 0, 0], white: [1, 1, 1], isFaded: false };
  const { black, white } = measureEnds(blocks, inside);
  const tint = Math.max(...white) - Math.min(...white);
  const contrast = Math.max(...white.map((each, c) => each - black[c]!));
  const isLifted =
    Math.min(...black) > leastBlack && Math.max(...black) - Math.min(...black) < mostBlackTint;
  const isFlat = isLifted && tint > leastTint && contrast < mostContrast;
  return { black, white, isFaded: isFlat && measureDetail(blocks, inside) > leastDetail };
}

/**
 * Measures the ends of each channel.
 *
 * @param blocks Of the picture.
 * @param inside Which of them count; at least one.
 * @returns What the darkest and the brightest have become, outliers left out.
 */
export function measureEnds(blocks: Blocks, inside: Inside): Ends {
  const count = countOf(inside);
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
  return { black, white };
}

const countOf = ({ left, top, right, bottom }: Inside) => (right - left) * (bottom - top);

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
