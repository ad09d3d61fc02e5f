import { ownOf, placeOwn, withOwn } from '../../../core/recipe/own';
import { OwnShelf } from '../../../models/own/own-shelf';
import type { Workbench } from '../photo/workbench.svelte';
import { nameOwn, type OwnModel } from './own-list.svelte';

/** Which of the models that a person has brought is asked for, and which there are. */
export class OwnChoice {
  /** By title; none before they were read. */
  models = $state.raw<readonly OwnModel[]>([]);
  readonly #workbench: Pick<Workbench, 'recipe' | 'ask'>;
  readonly #shelf: Pick<OwnShelf, 'list'>;
  /** As the recipe names it; null for this site's own. */
  readonly own = $derived.by(() => ownOf(this.#workbench.recipe));
  /** The one that is asked for; undefined where it is not here, and for this site's own. */
  readonly chosen = $derived.by(() =>
    this.models.find(({ sha256 }) => sha256 === this.own?.sha256),
  );

  /**
   * @param workbench Has the recipe.
   * @param shelf Where the models are.
   */
  constructor(
    workbench: Pick<Workbench, 'recipe' | 'ask'>,
    shelf: Pick<OwnShelf, 'list'> = new OwnShelf(),
  ) {
    this.#workbench = workbench;
    this.#shelf = shelf;
  }

  /** Reads the models again: added, deleted or renamed. */
  async refresh(): Promise<void> {
    this.models = await this.#shelf.list();
  }

  /**
   * Asks for one.
   *
   * @param sha256 Which; any other text for this site's own.
   */
  choose(sha256: string): void {
    const workbench = this.#workbench;
    const model = this.models.find((each) => each.sha256 === sha256);
    void workbench.ask(withOwn(workbench.recipe, model ? nameOwn(model) : null));
  }

  /**
   * Has one that keeps the size work before or after the enlarger.
   *
   * @param isAfter Whether it works on the enlarged picture.
   */
  place(isAfter: boolean): void {
    void this.#workbench.ask(placeOwn(this.#workbench.recipe, isAfter));
  }
}
