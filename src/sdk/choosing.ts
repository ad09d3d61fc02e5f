import { unwrap } from '../core/errors';
import { suggestWithin, type Suggestion } from '../core/findings/suggest';
import { framedSize } from '../core/frame/geometry';
import { fitScale } from '../core/recipe/fitting';
import type { Scale } from '../core/recipe/kinds';
import { applyPreset } from '../core/recipe/presets';
import type { Recipe } from '../core/recipe/recipe';
import { factorOf, scaleFor } from '../core/recipe/target-size';
import { offersOf } from '../worker/opening';
import type { Opened } from './open-file';
import type { Wish } from './options';
import type { Client } from './start';

/**
 * What is done to a photo: what is asked for by name, or what it calls for.
 *
 * @param client Tells what the models can do.
 * @param opened The photo.
 * @param wish What is asked for.
 * @returns The recipe.
 * @throws {EnhanceError} `crop-outside-photo`; with a preset, why the list of models is not there.
 */
export async function chooseRecipe(client: Client, opened: Opened, wish: Wish): Promise<Recipe> {
  const { recipe, scale, size } = wish;
  const { info } = opened;
  if (recipe) return fitScale(recipe, framedSize(recipe.frame, info));
  if (!size) return suggestRecipe(client, opened, scale, wish);
  const wanted = scaleFor(factorOf(size, info));
  return { ...(await suggestRecipe(client, opened, wanted, wish)), size };
}

/**
 * What a photo suggests, without what the catalogue has no model for; where it is not there, all of it.
 *
 * @param client Tells what the models can do.
 * @param opened The photo.
 * @param opened.info What was measured.
 * @param opened.handle For the client.
 * @param scale The enlargement that is wanted.
 * @returns The suggestion.
 */
export async function suggestFor(
  client: Client,
  { info, handle }: Opened,
  scale: Scale,
): Promise<Suggestion> {
  return suggestWithin(info.analysis, scale, await offersOf(client, handle));
}

async function suggestRecipe(
  client: Client,
  opened: Opened,
  scale: Scale,
  { preset }: Wish,
): Promise<Recipe> {
  const suggestion = await suggestFor(client, opened, scale);
  if (preset === undefined) return suggestion.recipe;
  return applyPreset(preset, suggestion, opened.handle.offers ?? unwrap(await client.offers()));
}
