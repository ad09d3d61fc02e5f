import { failed, type Reply } from '../../../core/errors';
import { formats, type SavedFormat } from '../../../core/format';
import { resultPath, type NameFacts } from '../../../core/queue/out-names';
import { framedSize } from '../../../core/frame/geometry';
import { scaleOf, type Recipe, type SaveOptions } from '../../../core/recipe/recipe';
import type { Retouch } from '../../../core/recipe/retouch';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, PlanInfo } from '../../../worker/protocol';
import type { RunReport } from '../../../worker/reports';
import { nameOf, type PhotoSource } from '../../platform/photo-source';
import { formatOf, type SaveChoice } from '../photo/save-choice';
import type { Entry } from './entry.svelte';
import { fitRecipe, type Fit } from './fit';
import type { Job } from './job';

/** What the worker is asked for. */
export type QueueOwner = Pick<
  OwnerCalls,
  | ('open' | 'close' | 'lay' | 'offers' | 'findShake' | 'plan' | 'enhance' | 'save' | 'cancel')
  | ('clipFindings' | 'enhanceClip')
>;

/** How a photo is to be done and written: known once it is open. */
export type PhotoPlan = {
  readonly recipe: Recipe;
  readonly plan: PlanInfo;
  readonly how: SaveOptions & { readonly format: SavedFormat };
  /** By how much the photo is enlarged; a number between where a size is asked for. */
  readonly scale: number;
  readonly extension: string;
  /** Whether nothing is to be done, and the file itself is what would be written. */
  readonly isCopy: boolean;
};

/** What is asked for of a photo. */
export type PhotoWish = {
  readonly fit: Fit;
  /** What was done to it by hand; null for nothing. */
  readonly retouch: Retouch | null;
  /** How results are written. */
  readonly choice: SaveChoice;
};

/**
 * Works out what is to be done to an open photo, and how it is written.
 *
 * @param owner Plans.
 * @param photo The photo.
 * @param wish What is asked for of it.
 * @returns The plan, or why it is refused.
 */
export async function planPhoto(
  owner: QueueOwner,
  photo: OpenedPhoto,
  wish: PhotoWish,
): Promise<Reply<PhotoPlan>> {
  const { choice } = wish;
  const fitted = await fitRecipe(owner, photo, wish.fit, wish.retouch);
  if (!fitted.ok) return fitted;
  const recipe = fitted.value;
  const planned = await owner.plan(photo.id, recipe);
  if (!planned.ok) return planned;
  const { width, height } = planned.value.output;
  const format = formatOf(choice, photo, { width, height });
  const lossless = choice.chosenLossless ?? photo.isLossless;
  const depth = choice.chosenDepth ?? photo.depth;
  const { finish, size } = recipe;
  const { quality, metadata } = choice;
  const shape = { format, depth, quality, ...(format === 'webp' && { lossless }) };
  const framed = framedSize(recipe.frame, photo);
  const isSameSize = width === framed.width && height === framed.height;
  const isAsTaken = !recipe.tone && !recipe.frame && !finish.tint;
  const isIdle = planned.value.steps.length === 0 && isSameSize && isAsTaken;
  const isAsItWas = metadata.keep && !metadata.isAnonymous && format === photo.format;
  const scale = size ? Math.round((100 * width) / framed.width) / 100 : scaleOf(recipe);
  return {
    ok: true,
    value: {
      recipe,
      plan: planned.value,
      how: { ...shape, finish, metadata, ...(size && { size }) },
      scale,
      extension: formats[format].extensions[0],
      isCopy: isIdle && isAsItWas,
    },
  };
}

/**
 * Runs a photo's plan.
 *
 * @param owner Runs it.
 * @param photo The photo.
 * @param recipe What is asked for.
 * @param tell Is told how far it is, 0..1.
 * @returns What ran, or why nothing did.
 */
export async function runPhoto(
  owner: QueueOwner,
  photo: OpenedPhoto,
  recipe: Recipe,
  tell: (fraction: number) => void,
): Promise<Reply<RunReport>> {
  const { width, height } = framedSize(recipe.frame, photo);
  const centre = { x: width / 2, y: height / 2 };
  return owner.enhance(photo.id, recipe, centre, ({ patch, stage, fraction }) => {
    // Nobody looks at it.
    patch?.bitmap.close();
    if (stage === 'run') tell(fraction);
  });
}

/** Which of how many a photo is, from 1, and whether another differs from it in its ending alone. */
export type ResultPlace = Pick<NameFacts, 'number' | 'total' | 'hasTwin'>;

/**
 * Where a photo stands among others.
 *
 * @param entry The photo.
 * @param entries All of them.
 * @returns What its result's name is made of.
 */
export function placeOf(entry: Entry, entries: readonly Entry[]): ResultPlace {
  const { twinKey } = entry;
  const hasTwin = entries.some((each) => each !== entry && each.twinKey === twinKey);
  return { number: entries.indexOf(entry) + 1, total: entries.length, hasTwin };
}

/**
 * What the file of a photo's result is to be called.
 *
 * @param pattern How results are called.
 * @param source The photo's file.
 * @param place Where it stands among the others.
 * @param job How it is to be done and written.
 * @returns A path, with slashes.
 */
export function nameResult(
  pattern: string,
  { path }: PhotoSource,
  place: ResultPlace,
  { output, scale, extension }: Pick<Job, 'output' | 'scale' | 'extension'>,
): string {
  const { width, height } = output;
  return resultPath(pattern, { path, ...place, scale, width, height, extension });
}

/**
 * What was done to a photo by hand.
 *
 * @param entry The photo.
 * @param entry.retouch What is kept of that.
 * @returns Null where nothing was; or that it cannot be read any more.
 */
export async function readRetouch({
  retouch,
}: Pick<Entry, 'retouch'>): Promise<{ ok: true; value: Retouch | null } | { ok: false }> {
  try {
    return { ok: true, value: retouch && (await retouch.read()) };
  } catch {
    return { ok: false };
  }
}

/**
 * What a photo's folder is called, or the photo itself where it came alone.
 *
 * @param source The photo's file.
 * @param source.root Access to its folder.
 * @param source.path Its path.
 * @returns What a person gave the browser access to.
 */
export function nameRoot({ root, path }: Pick<PhotoSource, 'root' | 'path'>): string {
  return root?.name ?? nameOf(path);
}

/**
 * Reads a file that may have gone meanwhile.
 *
 * @param read Reads it.
 * @returns The file, or that it is unreadable.
 */
export async function readFile(read: () => Promise<File>): Promise<Reply<File>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    return failed('file-unreadable', { bytes: 0, cause: String(error) });
  }
}

/**
 * Sentences of two lists, none twice.
 *
 * @param some The first.
 * @param more The second.
 * @returns A new list.
 */
export function mergeWords(some: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...some, ...more])];
}
