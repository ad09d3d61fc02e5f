import { cropRaster, depthOf, type Raster } from '../picture/raster';
import { intersect, widen, wholeRect, type Rect } from '../picture/rect';
import { resample } from '../picture/resample';
import { release } from '../picture/release';
import type { RowSource } from '../picture/rows';
import { isNeutralFinish, needsPlain, type Finish } from '../recipe/finish';
import type { TintMap } from '../tint/tint-map';
import { layFaces } from './face-mask';
import { measureDrift, type ColourDrift } from './colour-drift';
import { finishPixels } from './finish-pixels';
import { reachOf } from './finish-terms';

/** A photo, what was made of it, and how it is to be finished. */
export type FinishJob = {
  /** What the result is mixed with: the photo, its damage taken away where that was done. */
  readonly original: Raster;
  /** Of the original's depth. */
  readonly result: Raster;
  readonly finish: Finish;
  /** Of the two pictures; measured where it is left out and colour lock needs it. */
  readonly drift?: ColourDrift | null;
  /** The finish's tint, spread over the original; it is left out with it. */
  readonly tint?: TintMap | null;
};

/**
 * Finishes a part of a result: exactly the pixels that the whole finished result holds there.
 *
 * @param asked What to finish; not changed.
 * @param part In pixels of the result, inside it.
 * @returns A raster of the part's size that owns a new buffer.
 */
export function finishPart(asked: FinishJob, part: Rect): Raster {
  const { result } = asked;
  const finish = layFaces(asked.finish, result);
  const job = { ...asked, finish };
  if (isNeutralFinish(finish)) return cropRaster(result, part);
  const wide = intersect(widen(part, reachOf(finish)), wholeRect(result)) ?? part;
  const finished = finishPlates(job, wide);
  if (wide.width === part.width && wide.height === part.height) return finished;
  const inner = cropRaster(finished, { ...part, x: part.x - wide.x, y: part.y - wide.y });
  release(finished.data);
  return inner;
}

/** The same, but for what a cut edge leaves out of sharpening's sight. */
function finishPlates(job: FinishJob, part: Rect): Raster {
  const { original, result, finish } = job;
  const enhanced = cropRaster(result, part);
  const plain = needsPlain(finish) ? resample(original, result, part) : enhanced;
  const plates = {
    plain,
    enhanced,
    columns: count(part.x, part.width),
    rows: count(part.y, part.height),
    whole: result,
    step: 1,
    drift: driftFor(job),
    tint: job.tint ?? null,
  };
  finishPixels(plates, finish, enhanced);
  if (plain !== enhanced) release(plain.data);
  return enhanced;
}

/**
 * A finished result, made as its rows are asked for.
 *
 * @param job What to finish; not changed.
 * @returns Its rows.
 */
export function finishRows(job: FinishJob): RowSource {
  const { data, ...head } = job.result;
  // Once for all rows.
  const known = { ...job, drift: driftFor(job), finish: layFaces(job.finish, job.result) };
  const read = (y: number, height: number) =>
    finishPart(known, { x: 0, y, width: head.width, height }).data;
  return { ...head, depth: depthOf({ data }), read };
}

function driftFor({ original, result, finish, drift }: FinishJob): ColourDrift | null {
  if (finish.colourLock === 0) return null;
  return drift ?? measureDrift(original, result);
}

function count(from: number, length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => from + i);
}
