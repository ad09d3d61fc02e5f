import { failed, unwrap } from '../core/errors';
import { clipContainers, type ClipFacts } from '../core/film/clip';
import type { Recipe } from '../core/recipe/recipe';
import type { Note } from '../core/notes';
import type { ClipRequest } from '../worker/clip-request';
import type { ClipReport, ClipProgress as Told } from '../worker/reports';
import type { ClipWish } from './clip-options';
import type { ClipProgress, ClipResult } from './clip-types';
import type { Opened } from './open-file';
import type { Wish } from './options';
import { Outlet } from './outlet';
import { PublicError } from './public-error';
import type { Client } from './start';
import { asReport, callSafely } from './telling';
import { noClip, sayNotes } from './words';

/** What is done to a clip. */
export type ClipJob = {
  readonly clip: File;
  /** Decides what is done to its pictures. */
  readonly choose: (opened: Opened, wish: Wish) => Promise<Recipe>;
  readonly wish: ClipWish;
  readonly signal: AbortSignal;
};

/** A clip that the worker holds. */
type OpenedClip = { readonly opened: Opened; readonly facts: ClipFacts };

/**
 * Enhances a clip and writes it; it is opened for that and closed at the end.
 *
 * @param client The worker.
 * @param job What is done.
 * @returns The new clip.
 * @throws {EnhanceError} What fails.
 * @throws {unknown} The signal's reason, or what the page's stream fails with; a part that was made has been handed over then.
 */
export async function enhanceClip(client: Client, job: ClipJob): Promise<ClipResult> {
  const { clip, wish, signal } = job;
  const outlet = wish.writable && new Outlet(wish.writable, () => void client.cancel());
  const stop = () => void client.cancel();
  signal.addEventListener('abort', stop);
  try {
    callSafely(wish.onProgress, begun('open', null));
    const { preview, id, offers, ...info } = unwrap(
      await client.open(clip, { beside: true, takesClips: true }),
    );
    preview.close();
    try {
      if (!info.clip) throw new PublicError('unsupported-format', noClip);
      signal.throwIfAborted();
      const opened = { file: clip, info, handle: { id, offers } };
      return await make(client, { opened, facts: info.clip }, job, outlet);
    } finally {
      await client.close(id);
    }
  } catch (error) {
    // What came of it is told by the error.
    await outlet?.end(error).catch(() => undefined);
    outlet?.throwIfFailed();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function make(
  client: Client,
  { opened, facts }: OpenedClip,
  { choose, wish, signal }: ClipJob,
  outlet: Outlet | undefined,
): Promise<ClipResult> {
  const recipe = await choose(opened, wish);
  const { film, format, quality, metadata, strength = recipe.finish.strength } = wish;
  const finish = { ...recipe.finish, strength };
  const { from, to } = stretchOf(wish, facts);
  const request: ClipRequest = {
    ...{ recipe, finish, from, to, ...film, quality, metadata },
    ...(format !== 'auto' && { container: format }),
    ...(outlet?.isAppended && { isAppended: true }),
  };
  const allFrames = framesOf(film.rate, facts, to - from);
  let isRunning = true;
  const tell = (progress: ClipProgress) => {
    // The abort may have been told before the run had begun.
    if (signal.aborted) void client.cancel();
    else callSafely(wish.onProgress, progress);
  };
  // Progress comes on a channel of its own, where the last of it may be slower than the reply.
  const listen = (told: Told) => isRunning && tell({ ...told, allFrames });
  const made = unwrap(
    await client.enhanceClip(opened.handle.id, request, listen, outlet?.write).finally(() => {
      isRunning = false;
    }),
  );
  if (!made.fault) tell({ ...begun('save', allFrames), frames: made.frames, fraction: 1 });
  await outlet?.end();
  outlet?.throwIfFailed();
  const result = {
    ...{ blob: outlet ? null : await ownBlob(made) },
    ...{ width: made.width, height: made.height, format: made.container, codec: made.codec },
    ...{ frames: made.frames, seconds: made.length, lostSounds: facts.lostSounds },
    ...{ recipe: { ...recipe, finish }, report: reportOf(made, opened.info.notes) },
  };
  if (!made.fault) return result;
  callSafely(wish.onPart, result);
  signal.throwIfAborted();
  return unwrap({ ok: false, ...made.fault });
}

function begun(stage: ClipProgress['stage'], allFrames: number | null): ClipProgress {
  return { stage, frames: 0, allFrames, fraction: 0, etaSeconds: null };
}

/** Of the clip's own time; what is asked for beyond it is not there. */
function stretchOf(wish: ClipWish, facts: ClipFacts): Pick<ClipRequest, 'from' | 'to'> {
  const from = Math.max(facts.from, wish.from);
  const to = Math.min(facts.to, wish.to);
  if (from < to) return { from, to };
  const { from: least, to: most } = facts;
  const path = wish.from >= facts.to ? 'options.from' : 'options.to';
  return unwrap(failed('option-wrong', { path, expected: { least, most } }));
}

function framesOf(rate: ClipRequest['rate'], facts: ClipFacts, seconds: number): number {
  const { frameRate } = facts;
  const wanted = rate === 'twice' ? 2 * frameRate : (rate ?? frameRate);
  return Math.max(1, Math.round(wanted * seconds));
}

/** What the worker keeps on the disk is gone with its clip: a copy, which the browser keeps where it has room. */
async function ownBlob({ file, container }: ClipReport): Promise<Blob> {
  if (!(file instanceof File)) return file;
  const headers = { 'Content-Type': clipContainers[container].mime };
  return new Response(file.stream(), { headers }).blob();
}

function reportOf(
  { run, notes, seconds }: ClipReport,
  ofClip: readonly Note[],
): ClipResult['report'] {
  // Of what is kept for nobody nothing had been made before.
  return { ...asReport(run!), seconds, notes: sayNotes([...ofClip, ...notes]) };
}
