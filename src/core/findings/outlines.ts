import { blockSide } from './dct';
import { lineStep, unknownStep, type Steps } from './steps';

/** How the steps between neighbours of a picture are spread; shares are 0..1. */
export type Outlines = {
  /** Of the neighbours, those of one colour. */
  readonly alike: number;
  /** Of the neighbours, those that differ by more than a slope does. */
  readonly differing: number;
  /** Of these, those whose step is texture and no edge. */
  readonly texture: number;
  /** Levels by which half of the neighbours that are not alike differ at most; 0 where all are alike. */
  readonly medianStep: number;
  /** Of the differing ones, those in a thin stroke between two level stretches. */
  readonly thin: number;
  /** The same of wider strokes, with JPEG's ringing round them. */
  readonly ringing: number;
  /** Of the 8 x 8 blocks of the windows, those that are level, that have texture alone, and that have an edge. */
  readonly blocks: { readonly flat: number; readonly textured: number; readonly edged: number };
  /** Of the level blocks, those of the most frequent colour, and of the eight most frequent ones. */
  readonly colours: { readonly first: number; readonly covered: number };
};

/** Largest step that still counts as level: a slope has as much. */
const mostLevel = 3;

/** Step from which it is an edge; below it is texture. */
const leastEdge = 16;

/** Largest step in a block from which an edge runs through it. */
const blockEdge = 32;

/** Longest stretch of differing neighbours that a thin stroke is, and one with JPEG's ringing. */
const strokes = { thin: 10, ringing: 2 * blockSide };

/** Levels that a stretch must go up and down by to be a stroke. */
const leastStroke = 32;

/** Levels by which level blocks of one colour differ at most from it: JPEG rounds their mean. */
const sameColour = 2;

/** Colours of level blocks that are counted. */
const mostCounted = 8;

/**
 * Measures how the steps between neighbours are spread.
 *
 * @param steps Of every window of the picture, along rows and along columns after them.
 * @returns Shares of 0 where there is nothing to measure.
 */
export function measureOutlines(steps: readonly Steps[]): Outlines {
  const histogram = new Float64Array(unknownStep + 1);
  const stretches = { thin: 0, ringing: 0 };
  for (const each of steps) {
    for (const value of each.values) histogram[value]!++;
    addStretches(each, stretches);
  }
  const sum = (from: number, to: number) => histogram.subarray(from, to).reduce((a, b) => a + b, 0);
  const pairs = Math.max(1, sum(0, unknownStep));
  const differing = sum(mostLevel + 1, unknownStep);
  const strokesOf = (count: number) => count / Math.max(1, differing);
  return {
    alike: histogram[0]! / pairs,
    differing: differing / pairs,
    texture: strokesOf(sum(mostLevel + 1, leastEdge)),
    medianStep: medianOf(histogram),
    thin: strokesOf(stretches.thin),
    ringing: strokesOf(stretches.ringing),
    ...measureBlocks(steps),
  };
}

function medianOf(histogram: Float64Array): number {
  let left = histogram.subarray(1, unknownStep).reduce((a, b) => a + b, 0) / 2;
  if (left === 0) return 0;
  let step = 0;
  while (left > 0) left -= histogram[++step]!;
  return step;
}

/** Adds the steps that lie in stretches from one level place to another, no longer than a stroke. */
function addStretches({ values, length }: Steps, found: { thin: number; ringing: number }): void {
  for (let line = 0; line < values.length; line += length) {
    let [stretch, rise, isBounded] = [0, 0, false];
    for (let i = line; i < line + length; i++) {
      const step = values[i]!;
      if (step > mostLevel && step !== unknownStep) {
        stretch++;
        rise += step;
        continue;
      }
      if (isBounded && step !== unknownStep && rise >= leastStroke) {
        if (stretch <= strokes.thin) found.thin += stretch;
        if (stretch <= strokes.ringing) found.ringing += stretch;
      }
      [stretch, rise, isBounded] = [0, 0, step !== unknownStep];
    }
  }
}

/** Sorts the blocks by their largest step inside, and counts the colours of the level ones. */
function measureBlocks(steps: readonly Steps[]): Pick<Outlines, 'blocks' | 'colours'> {
  const colours = new Map<number, number>();
  let [flat, textured, edged] = [0, 0, 0];
  for (let i = 0; i + 1 < steps.length; i += 2) {
    const { window } = steps[i]!;
    const across = Math.ceil(window.width / blockSide);
    const largest = new Uint8Array(across * Math.ceil(window.height / blockSide));
    for (const each of [steps[i]!, steps[i + 1]!]) keepLargest(each, largest, across);
    for (const [block, most] of largest.entries()) {
      if (most > blockEdge) edged++;
      else if (most > mostLevel) textured++;
      else {
        flat++;
        const colour = colourOf(steps[i]!, block, across);
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
      }
    }
  }
  const count = Math.max(1, flat + textured + edged);
  const blocks = { flat: flat / count, textured: textured / count, edged: edged / count };
  return { blocks, colours: countColours(colours, flat) };
}

/** Takes the steps within blocks, not those across their borders, into the largest of each block. */
function keepLargest({ axis, length, values }: Steps, largest: Uint8Array, across: number): void {
  const [along, line] = axis === 'x' ? [1, across] : [across, 1];
  for (let at = 0, row = 0; at < values.length; at += length, row += lineStep)
    for (let i = 0; i < length; i++) {
      const step = values[at + i]!;
      if ((i + 1) % blockSide === 0 || step === unknownStep) continue;
      const block = (row >> 3) * line + (i >> 3) * along;
      if (step > largest[block]!) largest[block] = step;
    }
}

/** The colour at a block's corner, as one number. */
function colourOf({ window }: Steps, block: number, across: number): number {
  const { red, green, blue, width } = window;
  const at = Math.floor(block / across) * blockSide * width + (block % across) * blockSide;
  return (Math.round(red[at]!) << 16) | (Math.round(green[at]!) << 8) | Math.round(blue[at]!);
}

function countColours(colours: Map<number, number>, flat: number): Outlines['colours'] {
  const left = [...colours].sort((a, b) => b[1] - a[1]);
  const shares: number[] = [];
  while (shares.length < mostCounted && left.length > 0) {
    const [leader] = left[0]!;
    let sum = 0;
    for (let i = left.length - 1; i >= 0; i--)
      if (isSame(left[i]![0], leader)) sum += left.splice(i, 1)[0]![1];
    shares.push(sum / flat);
  }
  return { first: shares[0] ?? 0, covered: shares.reduce((a, b) => a + b, 0) };
}

function isSame(a: number, b: number): boolean {
  return [16, 8, 0].every(
    (shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) <= sameColour,
  );
}
