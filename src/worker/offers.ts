import type { Analysis } from '../core/findings/analyse';
import { looksShaken, suggest, type Suggestion } from '../core/findings/suggest';
import type { Reply } from '../core/errors';
import type { Recipe, Scale, StepTask, Variant } from '../core/recipe/recipe';
import type { Offers, OpenedPhoto, Owner } from './protocol';

/**
 * What may be asked for, once a photo is open.
 *
 * @param owner Asked where the reply to `open` did not say.
 * @param photo What `open` replied.
 * @returns The offers; null where the catalogue is not there.
 */
export async function offersOf(
  owner: Pick<Owner, 'offers'>,
  photo: Pick<OpenedPhoto, 'offers'>,
): Promise<Offers | null> {
  if (photo.offers) return photo.offers;
  const reply = await owner.offers();
  return reply.ok ? reply.value : null;
}

/**
 * Looks closer at an open photo, for some seconds where it is soft.
 *
 * @param owner Looks for a shake.
 * @param photo What `open` replied.
 * @returns What is known of it then.
 */
export async function lookCloser(
  owner: Pick<Owner, 'findShake'>,
  { id, analysis }: Pick<OpenedPhoto, 'id' | 'analysis'>,
): Promise<Reply<Analysis>> {
  if (!looksShaken(analysis)) return { ok: true, value: analysis };
  const reply = await owner.findShake(id);
  return reply.ok ? { ok: true, value: { ...analysis, shake: reply.value } } : reply;
}

/**
 * What a photo calls for, of what a site's models can do.
 *
 * @param analysis What was measured in it.
 * @param scale By how much to enlarge.
 * @param offers What the models can do; null where that is not known: then all is suggested.
 * @returns The suggestion.
 */
export function suggestWithin(analysis: Analysis, scale: Scale, offers: Offers | null): Suggestion {
  const whole = suggest(analysis, scale);
  return offers ? { ...whole, recipe: limitRecipe(whole.recipe, offers) } : whole;
}

/**
 * Whether a site's models can do a step.
 *
 * @param offers What they can do.
 * @param task The step's task.
 * @param scale By how much the step enlarges.
 * @param variant Which of the task's networks.
 * @returns True where there is a model for it.
 */
export function isOffered(
  offers: Offers,
  task: StepTask,
  scale: Scale = 1,
  variant: Variant = 'faithful',
): boolean {
  return offers.some(
    (offer) => offer.task === task && offer.scale === scale && offer.variant === variant,
  );
}

/**
 * A recipe without what no model of a site can do. The scale stays as it is.
 *
 * @param recipe What is wished for.
 * @param offers What the site's models can do.
 * @returns What can be asked for.
 */
export function limitRecipe(recipe: Recipe, offers: Offers): Recipe {
  const { clean, deblur, scale, variant } = recipe;
  const hasVariant = scale === 1 || isOffered(offers, 'upscale', scale, variant);
  return {
    v: 1,
    ...(clean && isOffered(offers, 'clean') && { clean }),
    ...(deblur !== undefined && isOffered(offers, 'deblur') && { deblur }),
    scale,
    variant: hasVariant ? variant : 'faithful',
  };
}
