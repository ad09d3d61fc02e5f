import type { Finish, Mask } from '../../../core/recipe/finish';
import { parseFinish } from '../../../core/recipe/finish-parsing';
import { parseRecipe } from '../../../core/recipe/parsing';
import type { Recipe } from '../../../core/recipe/recipe';
import { pack, unpack } from '../../platform/packing';

/** What is asked for and how it is finished. */
export type Settings = { readonly recipe: Recipe; readonly finish: Finish };

/**
 * Settings as bytes, the mask's as they are.
 *
 * @param settings What is asked for and how it is finished.
 * @returns For {@link readSettings}.
 */
export function writeSettings({ recipe, finish }: Settings): Uint8Array<ArrayBuffer> {
  const { mask } = finish;
  const grid = mask && { ...mask, values: undefined };
  const header = { recipe: { ...recipe, finish: undefined }, finish: { ...finish, mask: grid } };
  return pack(header, mask?.values ?? new Uint8Array());
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
  const { recipe, finish } = (header ?? {}) as { recipe?: unknown; finish?: { mask?: unknown } };
  const mask = finish?.mask ? { ...(finish.mask as Mask), values: body } : null;
  return { recipe: parseRecipe(recipe), finish: parseFinish({ ...finish, mask }) };
}
