import { peakOf, roundLevel } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import { createSample } from './colour-sample';
import { createCutFinder } from './cuts';
import { lumaPyramid, type LumaPyramid } from './luma-pyramid';
import { comesBack, findMotion, type Motion } from './motion';
import { fitMotion } from './motion-fit';
import type { FilmStep, Made } from './step';

/** Pixels that motion is found with. */
const motionPixels = 2 ** 18;

/** The most that the frame before counts for, at full strength. */
const most = 0.95;

/** Deviations of a pixel's neighbourhood, from its mean, that the frame before may lie away. */
export const reach = 2;

/** Levels of 255 that it may lie away beside, where all around is even. */
export const slack = 0.5;

/**
 * Keeps detail steady that each frame was given anew, by a network or by noise: the result before, moved by motion, is mixed in
 * as far as it fits there, and is first clamped to the colours of the present neighbours, so that nothing stays behind as a ghost
 * (Yang et al. 2020, "A Survey of Temporal Antialiasing Techniques"; the clamp by mean and deviation after Salvi 2016, "An Excursion
 * in Temporal Supersampling"). A cut, or a frame of another size, begins anew. Give it the frames as the networks made them.
 *
 * Holds the last result and its luma pyramid (4/3 of 2^18 numbers at most), and while it works about twenty planes of 2^18 numbers.
 *
 * @param options How much.
 * @param options.strength From 0, nothing, to 1, where nearly all of a pixel that fits comes from the frames before.
 * @param options.blend Mixes frames; on arrays by default.
 * @returns A step that holds no frame back.
 */
export function createSteadyDetail({
  strength,
  blend = blendSteady,
}: {
  readonly strength: number;
  readonly blend?: BlendSteady;
}): FilmStep {
  const cuts = createCutFinder();
  let last: { readonly raster: Raster; readonly luma: LumaPyramid } | null = null;
  return {
    async push(frame) {
      if (strength <= 0) return [frame];
      const { raster } = frame;
      const isNew = cuts.next(raster) || !last;
      const luma = lumaPyramid(raster, motionPixels);
      const steady = isNew
        ? raster
        : await blend(raster, last!.raster, fitBlend(luma, last!.luma, most * strength));
      last = { raster: steady, luma: isNew ? luma : lumaPyramid(steady, motionPixels) };
      return [steady === raster ? frame : { ...frame, raster: steady }];
    },
    flush() {
      last = null;
      return Promise.resolve([]);
    },
  };
}

/** How a frame is mixed with the result before it. */
function fitBlend(luma: LumaPyramid, before: LumaPyramid, share: number): SteadyBlend {
  const motion = findMotion(luma, before);
  const isBack = comesBack(motion, findMotion(before, luma));
  const fit = fitMotion(motion, isBack, luma.levels[0]!, before.levels[0]!);
  return { motion, fit, factor: luma.factor, share };
}

/** How the frame before is mixed in. */
export interface SteadyBlend {
  /** From the frame to the one before, in pixels of its own. */
  readonly motion: Motion;
  /** `[motion.width * motion.height]`, how far a place fits there, 0..1. */
  readonly fit: Float32Array;
  /** Pixels of the frame along a side of one of the motion's. */
  readonly factor: number;
  /** What the frame before counts for where it fits, 0..1. */
  readonly share: number;
}

/** Mixes two frames: see {@link blendSteady}. */
export type BlendSteady = (raster: Raster, before: Raster, blend: SteadyBlend) => Made<Raster>;

/**
 * Mixes a frame with another that is moved to it, each colour first clamped to what is around the pixel.
 *
 * @param raster The frame; only read.
 * @param before The other; only read.
 * @param blend How.
 * @returns A raster that owns a new buffer, its alpha the frame's; the frame itself where no sample would change.
 */
export function blendSteady(raster: Raster, before: Raster, blend: SteadyBlend): Raster {
  const { width, height, data } = raster;
  const { motion, fit, factor, share } = blend;
  const peak = peakOf(depthOf(raster));
  const out = createLike(raster);
  const sample = createSample();
  const around = createAround(raster, (slack * peak) / 255);
  const place = createPlace(motion, factor);
  let isChanged = false;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 4) {
      const at = place.read(x, y);
      sample.read(before, x + place.moved[0]!, y + place.moved[1]!);
      around.read(x, y);
      const own = share * fit[at]!;
      for (let c = 0; c < 3; c++) {
        const level = data[to + c]!;
        const low = Math.min(level, around.low[c]!);
        const high = Math.max(level, around.high[c]!);
        const seen = Math.max(low, Math.min(high, sample.colour[c]!));
        const mixed = roundLevel(level + own * (seen - level), peak);
        if (mixed !== level) isChanged = true;
        out.data[to + c] = mixed;
      }
      out.data[to + 3] = data[to + 3]!;
    }
  return isChanged ? out : raster;
}

/** Reads motion at pixels of the frame, linearly between its own; gives the nearest of its own. */
function createPlace({ width, height, x: across, y: down }: Motion, factor: number) {
  const moved = new Float64Array(2);
  return {
    moved,
    read(x: number, y: number): number {
      const column = Math.max(0, Math.min(width - 1, (x + 0.5) / factor - 0.5));
      const row = Math.max(0, Math.min(height - 1, (y + 0.5) / factor - 0.5));
      const left = Math.floor(column);
      const top = Math.floor(row);
      const at = top * width + left;
      const right = left + 1 < width ? 1 : 0;
      const under = top + 1 < height ? width : 0;
      const [p, q] = [column - left, row - top];
      const mix = (plane: Float32Array) => {
        const upper = plane[at]! + p * (plane[at + right]! - plane[at]!);
        const lower = plane[at + under]! + p * (plane[at + under + right]! - plane[at + under]!);
        return factor * (upper + q * (lower - upper));
      };
      moved[0] = mix(across);
      moved[1] = mix(down);
      return at + (p < 0.5 ? 0 : right) + (q < 0.5 ? 0 : under);
    },
  };
}

/** What the colours round a pixel span: mean and deviation of nine pixels, each way. */
function createAround({ width, height, data }: Raster, least: number) {
  const [low, high] = [new Float64Array(3), new Float64Array(3)];
  return {
    low,
    high,
    read(x: number, y: number): void {
      const left = -4 * Math.min(x, 1);
      const right = 4 * Math.min(width - 1 - x, 1);
      const up = -4 * width * Math.min(y, 1);
      const down = 4 * width * Math.min(height - 1 - y, 1);
      const middle = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        let squares = 0;
        for (let j = 0; j < 3; j++) {
          const row = middle + c + (j === 0 ? up : j === 1 ? 0 : down);
          const a = data[row + left]!;
          const b = data[row]!;
          const d = data[row + right]!;
          sum += a + b + d;
          squares += a * a + b * b + d * d;
        }
        const mean = sum / 9;
        const span = reach * Math.sqrt(Math.max(0, squares / 9 - mean * mean)) + least;
        low[c] = mean - span;
        high[c] = mean + span;
      }
    },
  };
}
