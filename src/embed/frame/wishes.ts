import { troubleOf, type Reply } from '../../core/errors';
import type { Finish } from '../../core/recipe/finish';
import { scales } from '../../core/recipe/kinds';
import { layOver } from '../../core/recipe/parsing';
import { scaleOf, withScale, type Recipe } from '../../core/recipe/recipe';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Fault, RecipeFields, Settings } from '../protocol';
import { asFault } from './fault';

/** What of the workbench a host's wishes read and change. */
export type WishedBench = Pick<Workbench, 'photo' | 'suggestion' | 'recipe' | 'ask'> & {
  finish: Finish;
};

/** Makes a host's settings and recipes into what is asked of the workbench. */
export class Wishes {
  readonly #bench: WishedBench;

  /** @param bench Where photo and recipe are. */
  constructor(bench: WishedBench) {
    this.#bench = bench;
  }

  /**
   * Asks for what the settings wish for the open photo, over what it calls for. What is wrong in their recipe
   * is not asked for.
   *
   * @param settings The host's.
   * @returns What is wrong in their recipe, or null.
   */
  async settle(settings: Settings): Promise<Fault | null> {
    const { photo, recipe: present, suggestion } = this.#bench;
    if (!photo) return null;
    const { recipe, maxPixels } = settings;
    const pixels = photo.width * photo.height;
    const fits = (scale: number): boolean => !maxPixels || pixels * scale ** 2 <= maxPixels;
    const wanted = settings.scale ?? scaleOf(present);
    const scale = scales.findLast((each) => each <= wanted && fits(each)) ?? 1;
    const merged = this.#merge(withScale(suggestion?.recipe ?? present, scale), recipe);
    await this.#bench.ask(merged.ok ? merged.value : withScale(present, scale));
    return merged.ok ? null : { ...asFault(merged), code: 'bad-recipe' };
  }

  /**
   * Asks for a recipe over what is asked for.
   *
   * @param recipe The host's; null for what is asked for already.
   * @returns What is wrong in it, or null.
   */
  async add(recipe: RecipeFields | null): Promise<Fault | null> {
    if (!recipe) return null;
    const merged = this.#merge(this.#bench.recipe, recipe);
    if (!merged.ok) return { ...asFault(merged), code: 'bad-recipe' };
    await this.#bench.ask(merged.value);
    return null;
  }

  /** Lays fields over a recipe; a finish among them is what the person then sees. */
  #merge(recipe: Recipe, fields: RecipeFields | null): Reply<Recipe> {
    try {
      const value = layOver(recipe, fields ?? {});
      if (fields?.['finish'] !== undefined) this.#bench.finish = value.finish;
      return { ok: true, value };
    } catch (error) {
      return { ok: false, ...troubleOf(error) };
    }
  }
}
