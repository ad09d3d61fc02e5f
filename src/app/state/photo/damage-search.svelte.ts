import { isSameMask, type Mask } from '../../../core/recipe/finish';
import { markedShare, withFound } from '../../../core/recipe/marks';
import { controlsOf, withControls, type Recipe } from '../../../core/recipe/recipe';
import type { TaskTable } from '../../../core/recipe/task-row';
import { tasks } from '../../../core/recipe/tasks';
import { isToggled } from '../../../core/recipe/toggles';
import type { OwnerCalls } from '../../../worker/client';
import { damageWords, sayMarked } from '../../i18n/en-damage';
import { oldWord } from '../../i18n/en-old';
import { describeProblem } from '../../i18n/problem';
import type { Workbench } from './workbench.svelte';

/** What marks damage, and is asked for by a checkbox. */
const row = (tasks as TaskTable).find(({ toggle }) => toggle?.isMarked)!;

/** Its sensitivity, where nobody has said another. */
const usual = 50;

/** Looks for damage when a person asks for it, and marks what it finds among what they have painted. */
export class DamageSearch {
  /** How much of a search is done, 0..1; null where none is going. */
  share = $state<number | null>(null);
  /** Why the last search failed, or empty. */
  fault = $state('');
  /** How much of which photo was found, 0..1, and too little to be healed unasked; null where none was. */
  leftOut = $state.raw<{ readonly photo: number; readonly share: number } | null>(null);

  readonly #enhancer: Pick<OwnerCalls, 'findDamage'>;
  readonly #workbench: Workbench;
  /** The photo that was searched. */
  #searched = $state(0);
  /** The sensitivity whose marks are wanted next. */
  #wanted = $state<number | null>(null);
  #isBusy = false;

  /**
   * @param enhancer Looks.
   * @param workbench Has the photo and the recipe.
   */
  constructor(enhancer: Pick<OwnerCalls, 'findDamage'>, workbench: Workbench) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
  }

  /** Whether there is a network here that looks for damage. */
  get isOffered(): boolean {
    return this.#workbench.offers.some(({ task }) => task === 'find-damage');
  }

  /** The sensitivity as it is asked for, if its marks are still to come. */
  get sensitivity(): number {
    return this.#wanted ?? sensitivityOf(this.#workbench.recipe);
  }

  /** Looks for damage in the open photo, and marks it. A run that is asked for meanwhile waits for it. */
  async find(): Promise<void> {
    await this.#search((search, sensitivity) => {
      this.#mark(search, sensitivity);
      return sayMarked(markedShare(this.#workbench.recipe.damage));
    });
  }

  /**
   * Looks for damage unasked, once the photo lies in the frame that is asked for, and has it healed where there is enough of it.
   *
   * @param isEnough Is told how much of the picture would be marked, 0..1.
   * @param ask Asks for what is asked for now, with healing switched on and the marks.
   */
  async findUnasked(
    isEnough: (share: number) => boolean,
    ask: (recipe: Recipe) => void,
  ): Promise<void> {
    await this.#search((search, sensitivity) => {
      const share = markedShare(search);
      const photo = this.#workbench.photo?.id ?? 0;
      this.leftOut = isEnough(share) ? null : { photo, share };
      if (this.leftOut) return share > 0 ? oldWord('little') : damageWords.none;
      const { recipe } = this.#workbench;
      const damage = withFound(recipe.damage, search);
      ask({ ...withControls(recipe, row, { sensitivity }), ...(damage && { damage }) });
      return sayMarked(share);
    }, this.#workbench.laid);
  }

  /** Looks for damage, hands on what is found, and says what comes of it. */
  async #search(
    take: (search: Mask, sensitivity: number) => string,
    begin?: Promise<unknown>,
  ): Promise<void> {
    const { photo } = this.#workbench;
    if (!photo || !this.isOffered || this.share !== null) return;
    this.share = 0;
    this.fault = '';
    this.#workbench.status = damageWords.looking;
    const { sensitivity } = this;
    const tell = (share: number) => {
      if (this.share !== null) this.share = Math.max(this.share, share);
    };
    const ask = () => this.#enhancer.findDamage(photo.id, sensitivity, tell);
    const search = begin ? begin.then(ask) : ask();
    this.#workbench.finding = search;
    const reply = await search;
    this.share = null;
    if (this.#workbench.finding === search) this.#workbench.finding = null;
    if (this.#workbench.photo?.id !== photo.id) return;
    if (!reply.ok) {
      this.fault = describeProblem(reply);
      this.#workbench.status = this.fault;
      return;
    }
    this.#searched = photo.id;
    this.#workbench.status = take(reply.value, sensitivity);
  }

  /**
   * Asks for another sensitivity; where the photo was searched, what counts as damage then is marked with it, at once.
   *
   * @param sensitivity 1..100
   */
  tune(sensitivity: number): void {
    const { recipe, photo } = this.#workbench;
    if (this.#searched !== photo?.id) {
      void this.#workbench.ask(withControls(recipe, row, { sensitivity }));
      return;
    }
    this.#wanted = sensitivity;
    void this.#follow();
  }

  /** Asks for the marks of one sensitivity after the other: of the latest, once those before have come. */
  async #follow(): Promise<void> {
    const { photo } = this.#workbench;
    if (this.#isBusy || !photo) return;
    this.#isBusy = true;
    for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
      const reply = await this.#enhancer.findDamage(photo.id, wanted);
      if (this.#workbench.photo?.id !== photo.id) break;
      if (reply.ok) this.#mark(reply.value, wanted);
      if (this.#wanted === wanted) this.#wanted = null;
    }
    this.#wanted = null;
    this.#isBusy = false;
  }

  /** Marks what was found, in one change of the recipe: none where it is as it was. */
  #mark(search: Mask, sensitivity: number): void {
    const { recipe } = this.#workbench;
    if (!isToggled(recipe, row)) return;
    const damage = withFound(recipe.damage, search);
    const isSame = isSameMask(recipe.damage ?? null, damage ?? null);
    if (isSame && sensitivity === sensitivityOf(recipe)) return;
    const { damage: before, ...tuned } = withControls(recipe, row, { sensitivity });
    const kept = isSame ? before : damage;
    void this.#workbench.ask(kept ? { ...tuned, damage: kept } : tuned);
  }
}

/** What a recipe's step says, or else the usual one. */
function sensitivityOf(recipe: Recipe): number {
  const { sensitivity } = controlsOf(recipe, row);
  return typeof sensitivity === 'number' && sensitivity > 0 ? sensitivity : usual;
}
