import type { Finish, Mask } from '../../../core/recipe/finish';
import { parseFinish } from '../../../core/recipe/finish-parsing';
import { parseRecipe } from '../../../core/recipe/parsing';
import type { Recipe } from '../../../core/recipe/recipe';
import { pack, unpack } from '../../platform/packing';

/** What is asked for and how it is finished. */
export type Settings = { readonly recipe: Recipe; readonly finish: Finish };

/**
 * Settings as bytes, the values of their masks as they are.
 *
 * @param settings What is asked for and how it is finished.
 * @returns For {@link readSettings}.
 */
export function writeSettings({ recipe, finish }: Settings): Uint8Array<ArrayBuffer> {
  const { mask } = finish;
  const { damage } = recipe;
  const header = {
    recipe: { ...recipe, finish: undefined, damage: damage && withoutValues(damage) },
    finish: { ...finish, mask: mask && withoutValues(mask) },
  };
  const painted = mask?.values ?? new Uint8Array();
  const marked = damage?.values ?? new Uint8Array();
  const body = new Uint8Array(painted.length + marked.length);
  body.set(painted);
  body.set(marked, painted.length);
  return pack(header, body);
}

/**
 * Settings that were kept, perhaps by another version of the page.
 *
 * @param bytes From {@link writeSettings}.
 * @returns The settings.
 * @throws {EnhanceError} `option-wrong`, with the path of what is wrong.
 */
export function readSettings(bytes: Uint8Array<ArrayBuffer>): Settings {
  const { header, body } = unpack(bytes) ?? { header: null, body: new Uint8Array() };
  const { recipe, finish } = (header ?? {}) as {
    recipe?: { damage?: Mask };
    finish?: { mask?: Mask | null };
  };
  const grid = finish?.mask;
  // What is no grid is refused with its values.
  const painted = grid ? grid.width * grid.height : 0;
  const mask = grid ? { ...grid, values: body.slice(0, painted) } : null;
  const damage = recipe?.damage && { ...recipe.damage, values: body.slice(painted) };
  return {
    recipe: parseRecipe(damage ? { ...recipe, damage } : recipe),
    finish: parseFinish({ ...finish, mask }),
  };
}

/** Plain data: JSON leaves the values out. */
function withoutValues(mask: Mask): object {
  return { ...mask, values: undefined };
}
