import { lumaWeights } from '../picture/luma';
import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';

/** Lines that are read each way: more of them tell no more. */
const mostLines = 96;

/** Pixels of one level that make a tread, and pixels from one tread to the next at most: a codec softens the edge between. */
const leastTread = 6;
const mostEdge = 4;

/** Levels of 255 of a step: one is what 8 bits cannot avoid; more than the other is drawn, or an outline. */
const [leastStep, mostStep] = [2, 6] as const;

/** Share of a picture from which its bands are seen. */
const leastShare = 0.03;

/** A tread of a line. */
type Tread = { readonly start: number; readonly end: number; readonly level: number };

/**
 * The share of a picture that lies on stairs: slopes which compression, or too few levels, left in steps. Counted are level
 * stretches of a line, each two to six levels above, or below, the one before, three at least one way; rows and
 * columns, since most skies darken from above. Grain, texture and a slope of all its levels have none.
 *
 * @param raster The picture; only read. Transparency is not heeded.
 * @returns 0..1, the larger one of rows and columns.
 */
export function measureBands(raster: Raster): number {
  const { width, height } = raster;
  return Math.max(
    shareOfLines(raster, { count: height, length: width, step: 1, stride: width }),
    shareOfLines(raster, { count: width, length: height, step: width, stride: 1 }),
  );
}

/**
 * Whether bands are seen in a picture.
 *
 * @param share What {@link measureBands} gives.
 * @returns True from three hundredths of the picture on.
 */
export function showsBands(share: number): boolean {
  return share >= leastShare;
}

/** Parallel lines of a picture, in pixels. */
type Lines = {
  readonly count: number;
  readonly length: number;
  /** From one pixel of a line to the next, and from one line to the next. */
  readonly step: number;
  readonly stride: number;
};

function shareOfLines({ data, ...raster }: Raster, lines: Lines): number {
  const { count, length, step, stride } = lines;
  const scale = 255 / peakOf(depthOf({ data, ...raster }));
  const [red, green, blue] = lumaWeights.map((weight) => weight * scale) as [
    number,
    number,
    number,
  ];
  const read = Math.min(mostLines, count);
  const line = new Uint8Array(length);
  let banded = 0;
  for (let i = 0; i < read; i++) {
    const start = Math.floor(((i + 0.5) * count) / read) * stride;
    for (let k = 0; k < length; k++) {
      const at = (start + k * step) * 4;
      line[k] = Math.round(red * data[at]! + green * data[at + 1]! + blue * data[at + 2]!);
    }
    banded += lengthOfStairs(treadsOf(line));
  }
  return banded / (read * length);
}

function treadsOf(line: Uint8Array): Tread[] {
  const treads: Tread[] = [];
  for (let start = 0, end = 1; end <= line.length; end++) {
    if (end < line.length && line[end] === line[start]) continue;
    if (end - start >= leastTread) treads.push({ start, end, level: line[start]! });
    start = end;
  }
  return treads;
}

/** Pixels of the treads that have three of one stair in a row. */
function lengthOfStairs(treads: readonly Tread[]): number {
  const steps = treads.slice(1).map((tread, i) => stepOf(treads[i]!, tread));
  const isStair = (i: number) => i > 0 && i < steps.length && steps[i - 1]! * steps[i]! > 0;
  return treads.reduce((sum, { start, end }, i) => {
    return isStair(i - 1) || isStair(i) || isStair(i + 1) ? sum + end - start : sum;
  }, 0);
}

/** Levels from one tread up to the next; 0 where that is no step of a stair. */
function stepOf(before: Tread, after: Tread): number {
  const step = after.level - before.level;
  const isNear = after.start - before.end <= mostEdge;
  const size = Math.abs(step);
  return isNear && size >= leastStep && size <= mostStep ? step : 0;
}
