import { failed, type Reply } from '../../../core/errors';
import { formats, type SavedFormat } from '../../../core/format';
import { scaleOf, type Recipe, type SaveOptions } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, PlanInfo, RunReport } from '../../../worker/protocol';
import { formatOf, type SaveChoice } from '../photo/save-choice';
import { fitRecipe, type Fit } from './fit';

/** What the worker is asked for. */
export type QueueOwner = Pick<
  OwnerCalls,
  'open' | 'close' | 'offers' | 'findShake' | 'plan' | 'enhance' | 'save' | 'cancel'
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

/**
 * Works out what is to be done to an open photo, and how it is written.
 *
 * @param owner Plans.
 * @param photo The photo.
 * @param fit What is asked for of each.
 * @param choice How results are written.
 * @returns The plan, or why it is refused.
 */
export async function planPhoto(
  owner: QueueOwner,
  photo: OpenedPhoto,
  fit: Fit,
  choice: SaveChoice,
): Promise<Reply<PhotoPlan>> {
  const fitted = await fitRecipe(owner, photo, fit);
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
  const isSameSize = width === photo.width && height === photo.height;
  const isIdle = planned.value.steps.length === 0 && isSameSize && !recipe.tone;
  const isAsItWas = metadata.keep && !metadata.isAnonymous && format === photo.format;
  const scale = size ? Math.round((100 * width) / photo.width) / 100 : scaleOf(recipe);
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
  const centre = { x: photo.width / 2, y: photo.height / 2 };
  return owner.enhance(photo.id, recipe, centre, ({ patch, stage, fraction }) => {
    // Nobody looks at it.
    patch?.bitmap.close();
    if (stage === 'run') tell(fraction);
  });
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
