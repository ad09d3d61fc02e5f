import type { Analysis } from '../../../core/findings/analyse';
import { suggestScale, suggestWithin } from '../../../core/findings/suggest';
import { framedSize } from '../../../core/frame/geometry';
import { fitScale } from '../../../core/recipe/fitting';
import type { OwnName } from '../../../core/recipe/kinds';
import { limitRecipe, type Offers } from '../../../core/recipe/offers';
import { withOwn } from '../../../core/recipe/own';
import { applyPreset, type PresetName } from '../../../core/recipe/presets';
import type { Recipe } from '../../../core/recipe/recipe';
import { withRetouch, type Retouch } from '../../../core/recipe/retouch';
import type { Reply } from '../../../core/errors';
import type { OwnerCalls } from '../../../worker/client';
import { lookCloser } from '../../../worker/opening';
import type { OpenedPhoto } from '../../../worker/protocol';
import type { ClipFilm } from './clips/clip-film';

/** What is asked for of each photo of a queue: what suits it, in the manner of a preset; or the same of all. */
export type Fit =
  | {
      readonly by: 'photo';
      readonly preset: PresetName;
      /** A network of the person's own that all go through. */
      readonly own?: OwnName;
    }
  | {
      readonly by: 'recipe';
      readonly recipe: Recipe;
      /** What is done to clips besides; left out where each gets what it calls for. */
      readonly film?: ClipFilm;
    };

/** What is asked when a photo is looked at. */
type Looker = Pick<OwnerCalls, 'findShake' | 'lay' | 'offers'>;

/**
 * What is asked for of a photo.
 *
 * @param owner Looks closer, where that takes a search, and into the frame.
 * @param photo The photo, as it was opened.
 * @param fit What is asked for of each.
 * @param retouch What was done to this one by hand; null for nothing.
 * @returns The recipe, with its finish; or why it cannot be told.
 */
export async function fitRecipe(
  owner: Looker,
  photo: OpenedPhoto,
  fit: Fit,
  retouch: Retouch | null = null,
): Promise<Reply<Recipe>> {
  const offers: Reply<Offers> = photo.offers
    ? { ok: true, value: photo.offers }
    : await owner.offers();
  if (!offers.ok) return offers;
  if (fit.by === 'recipe') {
    const recipe = withRetouch(fit.recipe, retouch);
    const sized = recipe.size ? fitScale(recipe, framedSize(recipe.frame, photo)) : recipe;
    return { ok: true, value: limitRecipe(sized, offers.value) };
  }
  const analysis = await lookInto(owner, photo, retouch);
  if (!analysis.ok) return analysis;
  // As large as on the stage, where a crop leaves that as it was.
  const suggestion = suggestWithin(analysis.value, suggestScale(photo), offers.value);
  const suited = fit.own ? withOwn(suggestion.recipe, fit.own) : suggestion.recipe;
  const suggested = { ...suggestion, recipe: withRetouch(suited, retouch) };
  const recipe = applyPreset(fit.preset, suggested, offers.value);
  return { ok: true, value: withRetouch(recipe, retouch) };
}

/** What is known of a photo in its frame: what a crop cuts away calls for nothing, and what shook the photo shook every part of it. */
async function lookInto(
  owner: Looker,
  photo: OpenedPhoto,
  retouch: Retouch | null,
): Promise<Reply<Analysis>> {
  const closer = await lookCloser(owner, photo);
  if (!closer.ok || !retouch?.frame) return closer;
  const laid = await owner.lay(photo.id, { frame: retouch.frame });
  if (!laid.ok) return laid;
  laid.value.preview.close();
  const { shake } = closer.value;
  return { ok: true, value: { ...(laid.value.analysis ?? closer.value), shake } };
}
