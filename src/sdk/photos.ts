import { unwrap } from '../core/errors';
import { refuseLongSide, savedLike } from '../core/format';
import { framedSize } from '../core/frame/geometry';
import { savedSize } from '../core/recipe/fitting';
import type { Recipe } from '../core/recipe/recipe';
import type { JobProgress } from '../worker/reports';
import type { Opened } from './open-file';
import type { EnhanceWish, Wish } from './options';
import type { Client } from './start';
import { asReport, callSafely } from './telling';
import type { Progress, Result } from './types';

/** What is done to a photo. */
export type PhotoJob = {
  /** Reads it, unless it is open. */
  readonly open: () => Promise<Opened>;
  /** Decides what is done to it. */
  readonly choose: (opened: Opened, wish: Wish) => Promise<Recipe>;
  readonly wish: EnhanceWish;
  readonly signal: AbortSignal;
};

/**
 * Enhances a photo and writes it.
 *
 * @param client The worker.
 * @param job What is done.
 * @returns The new file and what was done.
 * @throws {EnhanceError} What fails; the signal's reason.
 */
export async function enhancePhoto(client: Client, job: PhotoJob): Promise<Result> {
  const { open, choose, wish, signal } = job;
  const tell = (progress: Progress) => {
    // The abort may have been told before the run had begun.
    if (signal.aborted) void client.cancel();
    else callSafely(wish.onProgress, progress);
  };
  const tellStage = (stage: Progress['stage']) =>
    tell({ stage, task: null, fraction: 0, etaSeconds: null });
  tellStage('open');
  const opened = await open();
  const { info, handle } = opened;
  const recipe = await choose(opened, wish);
  const { format } = wish;
  const framed = framedSize(recipe.frame, info);
  const size = savedSize(recipe, framed);
  if (format !== 'auto') refuseLongSide(format, size);
  const centre = { x: framed.width / 2, y: framed.height / 2 };
  let isRunning = true;
  const listen = (each: JobProgress) => {
    const progress = plain(each);
    // Progress comes on a channel of its own, where the last of it may be slower than the reply.
    if (isRunning) tell(progress);
  };
  const ran = unwrap(await client.enhance(handle.id, recipe, centre, listen));
  isRunning = false;
  signal.throwIfAborted();
  const last = ran.steps.at(-1);
  if (last) tell({ stage: 'run', task: last.task, fraction: 1, etaSeconds: 0 });
  tellStage('save');
  const { quality, lossless, depth, strength = recipe.finish.strength, metadata } = wish;
  const finish = { ...recipe.finish, strength };
  const chosen =
    format === 'auto'
      ? savedLike(info.format, info.hasAlpha, size, info.isLossless && lossless !== false)
      : format;
  const how = {
    format: chosen,
    quality,
    ...(lossless === false && { lossless }),
    ...(depth && { depth }),
    finish,
    metadata,
    ...(recipe.size && { size: recipe.size }),
  };
  const { blob, notes } = unwrap(await client.save(handle.id, how));
  const report = asReport({ ...ran, notes: [...info.notes, ...ran.notes, ...notes] });
  return { blob, ...ran.output, recipe: { ...recipe, finish }, report };
}

/** Progress without the pixels, which are freed. */
function plain({ patch, ...progress }: JobProgress): Progress {
  patch?.bitmap.close();
  return progress;
}
