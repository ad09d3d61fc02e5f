import type { Raster } from '../picture/raster';
import type { Rect } from '../picture/rect';
import { takeMeans, withoutPaper, type Blocks } from './blocks';
import { measureEnds, type Ends, type Levels } from './find';

/**
 * How unevenly a print has faded, or its lens lit it: the logarithm of what each encoded value was multiplied with is
 * `-edges * r * r` and, along both sides, a slope of each channel's own. Lengths count from the print's centre, in halves of
 * its diagonal.
 */
export type Uneven = {
  /** The print, without paper round it, in pixels. */
  readonly area: Rect;
  /** How much darker corners are than the centre; negative where they are brighter. */
  readonly edges: number;
  /** How each channel's colour changes to the right and downwards; they sum to 0. */
  readonly across: Levels;
  readonly down: Levels;
  /** What black and white of the print are once it is even. */
  readonly ends: Ends;
};

/** Blocks along the longer side. */
const mostBlocks = 128;

/** Added to values before their logarithm is taken: the noise of the dark says nothing. */
const dark = 0.05;

/** Slopes of that size count half: flat parts show the light, edges the photo. */
const flat = { light: 0.3, colour: 0.1 };

/** Within that radius, in halves of the diagonal, slopes away from the centre say nothing. */
const leastRadius = 0.15;

/**
 * Measures how unevenly a picture has faded. Photos have as many edges that grow brighter towards a side as darker ones, so
 * the weighted median of the slopes of their logarithm is what fading and lens have added: the idea of Zheng, Yu, Kang, Lin
 * and Kambhamettu, "Single-image vignetting correction using radial gradient symmetry" (2008), with medians, and for the
 * channels' slopes besides. What is dark at an edge may be so in the photo: of 138 photos of CID22, CBSD68 and LIVE1 as they are
 * `edges` reaches 0.69, the slope of a colour 0.27 (`bench -- old fading`), so nobody is advised to have them made even.
 *
 * @param raster Only read.
 * @returns What was measured; nothing uneven where the picture is too small to tell.
 */
export function findUneven(raster: Raster): Uneven {
  const blocks = takeMeans(raster, mostBlocks);
  const { left, top, right, bottom } = withoutPaper(blocks);
  const { side } = blocks;
  const area = {
    ...{ x: left * side, y: top * side },
    ...{ width: (right - left) * side, height: (bottom - top) * side },
  };
  const inside = { left, top, right, bottom };
  const none = { edges: 0, across: [0, 0, 0], down: [0, 0, 0] } as const;
  if ((right - left) * (bottom - top) < 64)
    return { ...none, area, ends: { black: [0, 0, 0], white: [1, 1, 1] } };
  const slopes = takeSlopes(blocks, area);
  const edges = -weightedMedian(slopes.outwards, slopes.weights);
  const [across, down] = slopes.colours.map(
    (channels) => channels.map((values) => leaningMedian(values)) as unknown as Levels,
  ) as [Levels, Levels];
  const found = { area, edges, across, down };
  return { ...found, ends: measureEnds(evenBlocks(blocks, found), inside) };
}

/**
 * What makes a row, or a column, of one channel even: a value is multiplied with its column's gain and with its row's.
 *
 * @param uneven What was measured in the whole photo.
 * @param axis Along which side.
 * @param channel 0..2.
 * @param span The first pixel's place in the photo, and how many there are.
 * @param share How much of it, 0..1.
 * @returns A gain for each pixel; beyond the print that of its edge.
 */
export function evenGains(
  { area, edges, across, down }: Omit<Uneven, 'ends'>,
  axis: 'x' | 'y',
  channel: number,
  { from, count, step = 1 }: { from: number; count: number; step?: number },
  share: number,
): Float32Array {
  const [start, length] = axis === 'x' ? [area.x, area.width] : [area.y, area.height];
  const slope = (axis === 'x' ? across : down)[channel]!;
  const unit = Math.hypot(area.width, area.height) / 2;
  return Float32Array.from({ length: count }, (_, i) => {
    const place = from + (i + 0.5) * step - start - length / 2;
    const u = Math.min(length / 2, Math.max(-length / 2, place)) / unit;
    return Math.exp(share * (edges * u * u - slope * u));
  });
}

/** The means as they are once the print is even. */
function evenBlocks(blocks: Blocks, uneven: Omit<Uneven, 'ends'>): Blocks {
  const { side, width, height } = blocks;
  const means = blocks.means.map((values, c) => {
    const columns = evenGains(uneven, 'x', c, { from: 0, count: width, step: side }, 1);
    const rows = evenGains(uneven, 'y', c, { from: 0, count: height, step: side }, 1);
    return values.map((value, i) => value * columns[i % width]! * rows[Math.floor(i / width)]!);
  });
  return { ...blocks, means };
}

type Slopes = {
  /** Of the light away from the centre, by the radius's square, and how much each counts. */
  readonly outwards: Float32Array;
  readonly weights: Float32Array;
  /** Of each channel against the light: to the right, and downwards. */
  readonly colours: readonly [Float32Array[], Float32Array[]];
};

/** Slopes of the logarithms from each block to the next, for half a diagonal. */
function takeSlopes({ side, width, means }: Blocks, area: Rect): Slopes {
  const [left, top] = [area.x / side, area.y / side];
  const [columns, rows] = [area.width / side, area.height / side];
  const unit = Math.hypot(columns, rows) / 2;
  const logs = means.map((values) => values.map((value) => Math.log(value + dark)));
  const count = (columns - 1) * (rows - 1);
  const outwards = new Float32Array(count);
  const weights = new Float32Array(count);
  const channels = () => [0, 1, 2].map(() => new Float32Array(count));
  const colours: Slopes['colours'] = [channels(), channels()];
  for (let y = 0, to = 0; y < rows - 1; y++)
    for (let x = 0; x < columns - 1; x++, to++) {
      const at = (top + y) * width + left + x;
      const right = logs.map((log) => (log[at + 1]! - log[at]!) * unit);
      const below = logs.map((log) => (log[at + width]! - log[at]!) * unit);
      const light = { x: mean(right), y: mean(below) };
      for (let c = 0; c < 3; c++) {
        colours[0][c]![to] = right[c]! - light.x;
        colours[1][c]![to] = below[c]! - light.y;
      }
      const [u, v] = [(x + 1 - columns / 2) / unit, (y + 1 - rows / 2) / unit];
      const radius = Math.hypot(u, v);
      if (radius < leastRadius) continue;
      outwards[to] = (light.x * u + light.y * v) / (2 * radius * radius);
      weights[to] = radius / (Math.hypot(light.x, light.y) + flat.light);
    }
  return { outwards, weights, colours };
}

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / 3;

/** The median of slopes, of which steep ones count less. */
const leaningMedian = (slopes: Float32Array): number =>
  weightedMedian(
    slopes,
    slopes.map((slope) => 1 / (Math.abs(slope) + flat.colour)),
  );

/** The value that half of the weight lies below. */
function weightedMedian(values: Float32Array, weights: Float32Array): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  let left = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  for (const i of order) if ((left -= weights[i]!) <= 0) return values[i]!;
  return 0;
}
