import { peakOf, roundLevel } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import {
  findBetween,
  pairFrames,
  sharedPart,
  type BetweenMotion,
  type FramePair,
} from './between-motion';
import { createSample } from './colour-sample';
import { lumaPyramid } from './luma-pyramid';
import { findMotion } from './motion';
import type { Made } from './step';

/** Pixels that motion is found with. */
const motionPixels = 2 ** 18;

/** The share of two frames that must be found in both: else the nearer one is shown again. */
const leastShared = 0.25;

/** Makes pictures between two frames. */
export interface Between {
  /**
   * The picture at a time.
   *
   * @param phase From 0, the first frame, to 1, the second.
   * @returns A raster that owns a new buffer; one of the two frames itself at the ends, and the nearer one where motion explains
   *   too little.
   */
  at(phase: number): Promise<Raster>;
}

/**
 * Gets ready to make pictures between two frames; nothing is computed before one is asked for.
 *
 * @param first The earlier frame; only read.
 * @param second The later one, of the same size and kind; only read.
 * @param mix Mixes the two; on arrays by default.
 * @returns What makes them; holds both frames, and about forty planes of at most 2^18 numbers while it makes one.
 */
export function createBetween(first: Raster, second: Raster, mix: MixMoved = mixMoved): Between {
  let known: Known | null = null;
  const look = (): Known['found'] => {
    const [a, b] = [lumaPyramid(first, motionPixels), lumaPyramid(second, motionPixels)];
    const [from, to] = [a.levels[0]!, b.levels[0]!];
    const isEqual = from.values.every((value, i) => value === to.values[i]);
    if (isEqual && first.data.every((value, i) => value === second.data[i])) return null;
    const pair = pairFrames(from, to, findMotion(a, b), findMotion(b, a));
    return sharedPart(pair) < leastShared ? null : { pair, factor: a.factor };
  };
  return {
    async at(phase) {
      if (phase <= 0) return first;
      if (phase >= 1) return second;
      const nearer = phase < 0.5 ? first : second;
      known ??= { found: look() };
      if (!known.found) return nearer;
      const { pair, factor } = known.found;
      return mix(first, second, { between: findBetween(pair, phase), factor, phase });
    },
  };
}

/** What is known of two frames: their motion, and how many of their pixels a side of its pixels has; null of a pair to repeat. */
type Known = { readonly found: { readonly pair: FramePair; readonly factor: number } | null };

/** How two frames are mixed. */
export interface BetweenMix {
  /** Where each pixel comes from. */
  readonly between: BetweenMotion;
  /** Pixels of the frames along a side of one of the motion's. */
  readonly factor: number;
  /** When it is, above 0 and below 1 from the first to the second. */
  readonly phase: number;
}

/** Mixes two frames: see {@link mixMoved}. */
export type MixMoved = (first: Raster, second: Raster, mix: BetweenMix) => Made<Raster>;

/**
 * Both frames moved to where they meet, mixed by time and by what each shows.
 *
 * @param first The earlier frame; only read.
 * @param second The later one, of the same size and kind; only read.
 * @param mix How.
 * @returns A raster that owns a new buffer.
 */
export function mixMoved(first: Raster, second: Raster, mix: BetweenMix): Raster {
  const { between, factor, phase } = mix;
  const { motion } = between;
  const out = createLike(first);
  const peak = peakOf(depthOf(first));
  const [before, after] = [createSample(), createSample()];
  for (let y = 0, to = 0; y < out.height; y++) {
    const row = Math.min(motion.height - 1, Math.floor(y / factor)) * motion.width;
    for (let x = 0; x < out.width; x++, to += 4) {
      const at = row + Math.min(motion.width - 1, Math.floor(x / factor));
      const [u, v] = [motion.x[at]! * factor, motion.y[at]! * factor];
      const a = (1 - phase) * between.first[at]!;
      const b = phase * between.second[at]!;
      const share = b / (a + b);
      before.read(first, x - phase * u, y - phase * v);
      after.read(second, x + (1 - phase) * u, y + (1 - phase) * v);
      for (let c = 0; c < 4; c++)
        out.data[to + c] = roundLevel(
          before.colour[c]! + share * (after.colour[c]! - before.colour[c]!),
          peak,
        );
    }
  }
  return out;
}
