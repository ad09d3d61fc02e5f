import { suggestScale, suggestWithin } from '../../../core/findings/suggest';
import { fitScale } from '../../../core/recipe/fitting';
import type { OwnName } from '../../../core/recipe/kinds';
import { limitRecipe, type Offers } from '../../../core/recipe/offers';
import { withOwn } from '../../../core/recipe/own';
import { applyPreset, type PresetName } from '../../../core/recipe/presets';
import type { Recipe } from '../../../core/recipe/recipe';
import type { Reply } from '../../../core/errors';
import type { OwnerCalls } from '../../../worker/client';
import { lookCloser } from '../../../worker/opening';
import type { OpenedPhoto } from '../../../worker/protocol';

/** What is asked for of each photo of a queue: what suits it, in the manner of a preset; or the same of all. */
export type Fit =
  | {
      readonly by: 'photo';
      readonly preset: PresetName;
      /** A network of the person's own that all go through. */
      readonly own?: OwnName;
    }
  | { readonly by: 'recipe'; readonly recipe: Recipe };

/**
 * What is asked for of a photo.
 *
 * @param owner Looks closer, where that takes a search.
 * @param photo The photo, as it was opened.
 * @param fit What is asked for of each.
 * @returns The recipe, with its finish; or why it cannot be told.
 */
export async function fitRecipe(
  owner: Pick<OwnerCalls, 'findShake' | 'offers'>,
  photo: OpenedPhoto,
  fit: Fit,
): Promise<Reply<Recipe>> {
  const offers: Reply<Offers> = photo.offers
    ? { ok: true, value: photo.offers }
    : await owner.offers();
  if (!offers.ok) return offers;
  if (fit.by === 'recipe') {
    const { recipe } = fit;
    const sized = recipe.size ? fitScale(recipe, photo) : recipe;
    return { ok: true, value: limitRecipe(sized, offers.value) };
  }
  const closer = await lookCloser(owner, photo);
  if (!closer.ok) return closer;
  const suggestion = suggestWithin(closer.value, suggestScale(photo), offers.value);
  const recipe = fit.own ? withOwn(suggestion.recipe, fit.own) : suggestion.recipe;
  return { ok: true, value: applyPreset(fit.preset, { ...suggestion, recipe }, offers.value) };
}
