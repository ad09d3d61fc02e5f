import { depthOfPicture, readPart, type Picture } from '../picture/picture';
import { cropRaster, type Raster } from '../picture/raster';
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
  readonly result: Picture;
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
 * @throws {unknown} Where the result cannot be read any more.
 */
export async function finishPart(asked: FinishJob, part: Rect): Promise<Raster> {
  const { result } = asked;
  const finish = layFaces(asked.finish, result);
  if (isNeutralFinish(finish)) return readPart(result, part);
  const wide = intersect(widen(part, reachOf(finish)), wholeRect(result)) ?? part;
  const enhanced = await readPart(result, wide);
  const finished = finishPlates({ ...asked, finish, drift: await driftFor(asked) }, wide, enhanced);
  if (wide.width === part.width && wide.height === part.height) return finished;
  const inner = cropRaster(finished, { ...part, x: part.x - wide.x, y: part.y - wide.y });
  release(finished.data);
  return inner;
}

/** The same in place, but for what a cut edge leaves out of sharpening's sight. */
function finishPlates(job: FinishJob, part: Rect, enhanced: Raster): Raster {
  const { original, result, finish, drift = null, tint = null } = job;
  const plain = needsPlain(finish) ? resample(original, result, part) : enhanced;
  const plates = {
    plain,
    enhanced,
    columns: count(part.x, part.width),
    rows: count(part.y, part.height),
    whole: result,
    step: 1,
    drift,
    tint,
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
  const { width, height, hasAlpha, space } = job.result;
  const finish = layFaces(job.finish, job.result);
  // Once for all rows.
  let drift: Promise<ColourDrift | null> | undefined;
  const read = async (y: number, rows: number) => {
    drift ??= driftFor(job);
    const known = { ...job, finish, drift: await drift };
    return (await finishPart(known, { x: 0, y, width, height: rows })).data;
  };
  return { width, height, hasAlpha, space, depth: depthOfPicture(job.result), read };
}

async function driftFor({
  original,
  result,
  finish,
  drift,
}: FinishJob): Promise<ColourDrift | null> {
  if (finish.colourLock === 0) return null;
  return drift ?? measureDrift(original, result);
}

function count(from: number, length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => from + i);
}
