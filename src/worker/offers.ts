import type { Recipe, Scale, StepTask, Variant } from '../core/recipe/recipe';
import type { Offers } from './protocol';

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
