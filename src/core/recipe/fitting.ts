import { scaleOf, withScale, type Recipe } from './recipe';
import { factorOf, scaleFor, targetSize, type Sides } from './target-size';

/**
 * A recipe whose enlargement is the one that its target size is reached by.
 *
 * @param recipe What was asked.
 * @param photo The photo's size.
 * @returns The recipe itself where it has no target size, or fits it.
 */
export function fitScale(recipe: Recipe, photo: Sides): Recipe {
  const scale = recipe.size && scaleFor(factorOf(recipe.size, photo));
  return scale && scale !== scaleOf(recipe) ? withScale(recipe, scale) : recipe;
}

/**
 * How large a recipe's saved picture is.
 *
 * @param recipe What was asked.
 * @param photo The photo's size.
 * @returns Pixels.
 */
export function savedSize(recipe: Recipe, photo: Sides): Sides {
  if (recipe.size) return targetSize(recipe.size, photo);
  const scale = scaleOf(recipe);
  return { width: photo.width * scale, height: photo.height * scale };
}
