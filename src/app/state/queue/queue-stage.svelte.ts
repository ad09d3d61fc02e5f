import { untrack } from 'svelte';
import { framedSize } from '../../../core/frame/geometry';
import { fitScale } from '../../../core/recipe/fitting';
import type { Recipe } from '../../../core/recipe/recipe';
import { isSameRetouch, retouchOf, withRetouch, type Retouch } from '../../../core/recipe/retouch';
import { t } from '../../i18n/queue-words';
import type { Presets } from '../photo/presets.svelte';
import type { Workbench } from '../photo/workbench.svelte';
import type { Entry } from './entry.svelte';
import { KeptRetouch } from './kept-retouch';
import { readRetouch } from './photo-work';
import type { QueueWish } from './queue-wish.svelte';

/** What of the desk it works with, and what all get. */
export type StageParts = {
  readonly workbench: Pick<Workbench, 'recipe' | 'finish' | 'start' | 'whole' | 'ask' | 'restore'>;
  readonly presets: Pick<Presets, 'chosen' | 'choose'>;
  readonly wish: QueueWish;
};

/** Which photo of a queue lies on the stage, and what of what is done there is meant for it alone. */
export class QueueStage {
  /** The photo that lies there; null where it is another. */
  shown = $state.raw<Entry | null>(null);
  /** The same once it lies there as it is asked for: what is set is of it, then. */
  staged = $state.raw<Entry | null>(null);
  readonly #parts: StageParts;
  /** What was done by hand to the staged photo, as far as its entry knows. */
  #seen: Retouch | null = null;

  /** @param parts What it works with. */
  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  /**
   * Another photo is about to lie on the stage.
   *
   * @param next Which.
   */
  leave(next: Entry): void {
    const { staged } = this;
    this.staged = null;
    this.shown = next;
    if (!staged) return;
    void staged.retouch?.settle();
    // One that is set by itself says nothing of the others.
    if (!staged.own) this.#parts.wish.leave(staged.name);
  }

  /**
   * A photo of the queue lies on the stage: asks there for what the queue will do to it.
   *
   * @param entry Which.
   */
  async put(entry: Entry): Promise<void> {
    const { workbench, presets, wish } = this.#parts;
    const kept = await readRetouch(entry);
    if (!kept.ok) entry.lose(t('queue.retouchLost'));
    if (this.shown !== entry) return;
    const retouch = kept.ok ? kept.value : null;
    const fit = entry.own ?? wish.held?.fit;
    if (fit?.by === 'recipe') {
      const asked = withRetouch(fit.recipe, retouch);
      const sized = fitScale(asked, framedSize(asked.frame, workbench.whole));
      await workbench.restore(sized, asked.finish);
    } else {
      if (retouch) await this.#ask(workbench.recipe, workbench.finish, retouch);
      if (this.shown !== entry) return;
      if (fit && fit.preset !== presets.chosen) presets.choose(fit.preset);
    }
    if (this.shown !== entry) return;
    if (!entry.own) wish.release();
    // What could not be done there is still asked for of the photo.
    this.#seen = retouch && retouchOf(workbench.recipe, workbench.finish);
    this.staged = entry;
  }

  /** The photo on the stage, as long as it may be set by itself: what is done is done. */
  get apart(): Entry | null {
    const { staged } = this;
    return staged && ['waiting', 'failed', 'skipped'].includes(staged.state) ? staged : null;
  }

  /**
   * Sets the photo on the stage by itself, or gives it what all get.
   *
   * @param isOwn Whether what is set on the stage is for it alone.
   */
  async setApart(isOwn: boolean): Promise<void> {
    const { apart } = this;
    const { workbench, wish } = this.#parts;
    if (!apart) return;
    if (isOwn) {
      const own = wish.staged;
      wish.setApart(apart.name);
      apart.own = own;
      return;
    }
    apart.own = null;
    const { start, recipe, finish } = workbench;
    // Nothing is held where all get what is set on the stage.
    if (wish.held?.fit.by === 'photo' && start)
      await this.#ask(start.recipe, start.finish, retouchOf(recipe, finish));
    await this.put(apart);
  }

  /**
   * What is done on the stage by hand is done to its photo; what is changed there, too, where that is set by itself. Reads reactive
   * state.
   */
  follow(): void {
    const { workbench, wish } = this.#parts;
    const own = wish.staged;
    const { recipe, finish } = workbench;
    const { apart, staged } = this;
    untrack(() => {
      if (apart?.own) apart.own = own;
      if (!staged) return;
      const retouch = retouchOf(recipe, finish);
      if (isSameRetouch(retouch, this.#seen)) return;
      this.#seen = retouch;
      staged.retouch = retouch && KeptRetouch.of(retouch);
    });
  }

  async #ask(recipe: Recipe, finish: Recipe['finish'], retouch: Retouch | null): Promise<void> {
    const asked = withRetouch({ ...recipe, finish }, retouch);
    await this.#parts.workbench.ask(asked, asked.finish);
  }
}
