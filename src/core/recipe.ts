import { EnhanceError } from './errors';

/** By how much to enlarge. */
export type Scale = 2 | 4;

/** What a person asked for: serialisable and versioned; the same in the app, the worker and a URL. */
export type Recipe = {
  readonly v: 1;
  readonly scale: Scale;
};

/** How to write the result. */
export type SaveOptions = {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 1..100; ignored for PNG. */
  readonly quality: number;
  /** 0 = a plain resample of the original, 1 = the network's result. */
  readonly strength: number;
};

/**
 * Checks a recipe that came from outside.
 *
 * @param value Anything.
 * @returns The same value, typed.
 * @throws {EnhanceError} `internal`, naming the field that is wrong.
 */
export function parseRecipe(value: unknown): Recipe {
  const recipe = value as Partial<Recipe> | null;
  if (typeof recipe !== 'object' || recipe === null || recipe.v !== 1)
    throw new EnhanceError('internal', 'recipe.v must be 1.');
  if (recipe.scale !== 2 && recipe.scale !== 4)
    throw new EnhanceError('internal', 'recipe.scale must be 2 or 4.');
  return { v: 1, scale: recipe.scale };
}
