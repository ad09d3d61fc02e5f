import { troubleOf, type Reply } from '../../core/errors';
import { neutralFinish, type Finish } from '../../core/recipe/finish';
import { scales } from '../../core/recipe/kinds';
import { fitScale } from '../../core/recipe/fitting';
import { layOver } from '../../core/recipe/parsing';
import { isSameWork, scaleOf, withScale, type Recipe } from '../../core/recipe/recipe';
import { recommend } from '../../core/recipe/recommendation';
import { t } from './words';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Fault, RecipeFields, Settings } from '../protocol';
import type { Consent } from './consent.svelte';
import { asFault } from './fault';

/** What of the workbench a host's wishes read and change. */
export type WishedBench = Pick<Workbench, 'photo' | 'file' | 'suggestion' | 'recipe' | 'ask'> & {
  finish: Finish;
};

/**
 * Makes a host's settings and recipes into what is asked of the workbench. How the result of the person's own
 * photo is finished is theirs: a finish of the host's, with which the result could be the photo itself, is
 * refused.
 */
export class Wishes {
  readonly #bench: WishedBench;
  readonly #consent: Pick<Consent, 'isOwn'>;
  readonly #onChange: () => void;

  /**
   * @param bench Where photo and recipe are.
   * @param consent Whose photo it is.
   * @param onChange Called where a wish has changed what Enhance would do.
   */
  constructor(bench: WishedBench, consent: Pick<Consent, 'isOwn'>, onChange: () => void) {
    this.#bench = bench;
    this.#consent = consent;
    this.#onChange = onChange;
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
    const below = withScale(suggestion?.recipe ?? present, scale);
    const { finish, ...others } = recipe ?? {};
    const isForeign = finish !== undefined && this.#isOwn;
    const merged = merge(below, isForeign ? others : (recipe ?? {}));
    await this.#ask(merged.ok ? merged.value : withScale(present, scale), recipe);
    if (!merged.ok) return { ...asFault(merged), code: 'bad-recipe' };
    return isForeign ? ownFinish() : null;
  }

  /**
   * Asks for a recipe over what is asked for.
   *
   * @param recipe The host's; null for what is asked for already.
   * @returns What is wrong in it, or null.
   */
  async add(recipe: RecipeFields | null): Promise<Fault | null> {
    if (!recipe) return null;
    if (recipe['finish'] !== undefined && this.#isOwn) return ownFinish();
    const merged = merge(this.#bench.recipe, recipe);
    if (!merged.ok) return { ...asFault(merged), code: 'bad-recipe' };
    await this.#ask(merged.value, recipe);
    return null;
  }

  get #isOwn(): boolean {
    return this.#consent.isOwn(this.#bench.file);
  }

  async #ask(recipe: Recipe, wished: RecipeFields | null): Promise<void> {
    const before = this.#bench.recipe;
    // A finish among the wishes is what the person then sees.
    if (wished?.['finish'] !== undefined && !this.#isOwn) this.#bench.finish = recipe.finish;
    const { photo } = this.#bench;
    const fitting = photo ? fitScale(recipe, photo) : recipe;
    const asking = this.#bench.ask(this.#isOwn ? { ...fitting, finish: neutralFinish } : fitting);
    if (!isSameWork(before, this.#bench.recipe)) this.#onChange();
    await asking;
  }
}

/**
 * The recipe that a host's settings alone ask for, whatever photo is open: it says nothing of one.
 *
 * @param settings The host's.
 * @param settings.scale By how much to enlarge.
 * @param settings.recipe What is laid over it.
 * @returns The recipe; without theirs, where that makes no sense.
 */
export function recipeOf({ scale, recipe }: Pick<Settings, 'scale' | 'recipe'>): Recipe {
  const plain = recommend([], scale ?? 2);
  const merged = merge(plain, recipe ?? {});
  return merged.ok ? merged.value : plain;
}

function ownFinish(): Fault {
  return { code: 'bad-recipe', message: t('embed.ownFinish') };
}

/** Lays fields over a recipe. */
function merge(recipe: Recipe, fields: RecipeFields): Reply<Recipe> {
  try {
    return { ok: true, value: layOver(recipe, fields) };
  } catch (error) {
    return { ok: false, ...troubleOf(error) };
  }
}
