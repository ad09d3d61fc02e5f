import { withoutPaint } from '../../../core/recipe/finish';
import { presetNames, type PresetName } from '../../../core/recipe/presets';
import { forAnyPhoto, scaleOf } from '../../../core/recipe/recipe';
import type { Presets } from '../photo/presets.svelte';
import type { Workbench } from '../photo/workbench.svelte';
import type { Fit } from './fit';

/** Whether each photo gets what suits it, or all what is set for the one on the stage. */
export type Manner = 'each' | 'same';

/** What is asked for of all photos, as the person has set it for the one on the stage. */
export class QueueWish {
  /** What the person chose; null for what follows from how the photo on the stage is set. */
  chosen = $state<Manner | null>(null);
  readonly #workbench: Pick<Workbench, 'recipe' | 'finish' | 'start' | 'photo'>;
  readonly #presets: Pick<Presets, 'chosen'>;

  /**
   * @param workbench Has the photo on the stage.
   * @param presets Which of them it is set to.
   */
  constructor(
    workbench: Pick<Workbench, 'recipe' | 'finish' | 'start' | 'photo'>,
    presets: Pick<Presets, 'chosen'>,
  ) {
    this.#workbench = workbench;
    this.#presets = presets;
  }

  /** The subject that the photo on the stage is set to, or the first of them. */
  get preset(): PresetName {
    return presetNames.find((name) => name === this.#presets.chosen) ?? 'photo';
  }

  /** What holds: what was chosen, else each its own as long as nothing but a preset was changed. */
  get manner(): Manner {
    const { photo, recipe, start } = this.#workbench;
    if (!photo || !start) return 'each';
    if (this.chosen) return this.chosen;
    const isSubject = presetNames.some((name) => name === this.#presets.chosen);
    const isSized = recipe.size !== undefined || scaleOf(recipe) !== scaleOf(start.recipe);
    return isSubject && !isSized && !recipe.tone ? 'each' : 'same';
  }

  /** The same for the queue. */
  get fit(): Fit {
    if (this.manner === 'each') return { by: 'photo', preset: this.preset };
    const { recipe, finish } = this.#workbench;
    return { by: 'recipe', recipe: { ...forAnyPhoto(recipe), finish: withoutPaint(finish) } };
  }
}
