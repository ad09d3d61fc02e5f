import { withoutPaint } from '../../../core/recipe/finish';
import { ownOf } from '../../../core/recipe/own';
import { presetNames, type PresetName } from '../../../core/recipe/presets';
import { forAnyPhoto, scaleOf } from '../../../core/recipe/recipe';
import type { Presets } from '../photo/presets.svelte';
import type { Workbench } from '../photo/workbench.svelte';
import type { ClipFilm } from './clips/clip-film';
import type { Fit } from './fit';

/** Whether each photo gets what suits it, or all what is set for the one on the stage. */
export type Manner = 'each' | 'same';

/** What all get since it was set for a photo that lies on the stage no more. */
export type Held = {
  readonly fit: Fit;
  /** That photo's name. */
  readonly name: string;
};

/** What is asked for of all photos, as the person has set it for the one on the stage. */
export class QueueWish {
  /** What the person chose; null for what follows from how the photo on the stage is set. */
  chosen = $state<Manner | null>(null);
  /** What holds, whatever lies on the stage; null where what holds is set there. */
  held = $state.raw<Held | null>(null);
  readonly #workbench: Pick<Workbench, 'recipe' | 'finish' | 'start' | 'photo'>;
  readonly #presets: Pick<Presets, 'chosen'>;
  readonly #film: () => ClipFilm | null;

  /**
   * @param workbench Has the photo on the stage.
   * @param presets Which of them it is set to.
   * @param film What is done to the clip there besides; null where none lies there.
   */
  constructor(
    workbench: Pick<Workbench, 'recipe' | 'finish' | 'start' | 'photo'>,
    presets: Pick<Presets, 'chosen'>,
    film: () => ClipFilm | null = () => null,
  ) {
    this.#workbench = workbench;
    this.#presets = presets;
    this.#film = film;
  }

  /** The subject that is held, or that the photo on the stage is set to, or the first of them. */
  get preset(): PresetName {
    if (this.held?.fit.by === 'photo') return this.held.fit.preset;
    return presetNames.find((name) => name === this.#presets.chosen) ?? 'photo';
  }

  /** What holds: what was chosen, else each its own as long as nothing but a preset was changed. */
  get manner(): Manner {
    if (this.held) return this.held.fit.by === 'photo' ? 'each' : 'same';
    const { photo, start } = this.#workbench;
    if (!photo || !start) return 'each';
    return this.chosen ?? (this.#isSuited ? 'each' : 'same');
  }

  /** The same for the queue. */
  get fit(): Fit {
    if (this.held) return this.held.fit;
    return this.manner === 'each' ? this.#suiting(this.preset) : this.#asSet;
  }

  /** What is set for the photo on the stage, whatever all get: a preset as it suits the photo, or else as it is. */
  get staged(): Fit {
    const preset = presetNames.find((name) => name === this.#presets.chosen);
    return preset && this.#isSuited ? this.#suiting(preset) : this.#asSet;
  }

  /**
   * The person chooses for all; what is set on the stage counts from now on.
   *
   * @param manner What they choose.
   */
  choose(manner: Manner): void {
    this.chosen = manner;
    this.held = null;
  }

  /**
   * The stage is left for another photo: what was set there for all stays what they get.
   *
   * @param name Of the photo that is left.
   */
  leave(name: string): void {
    this.held ??= { fit: this.fit, name };
  }

  /**
   * What is set on the stage is of its photo alone from now on. All others get what was chosen for them; where nothing was, what
   * suits each: what was changed was meant for this one.
   *
   * @param name Of the photo.
   */
  setApart(name: string): void {
    if (this.chosen === 'same') this.leave(name);
    else this.held ??= { fit: { by: 'photo', preset: this.preset }, name };
  }

  /** What is held is set on the stage, too: from now on it follows what is set there, unless it is one recipe for all. */
  release(): void {
    if (this.held?.fit.by === 'photo') this.held = null;
  }

  /** Whether nothing but a preset was changed on the stage. */
  get #isSuited(): boolean {
    const { recipe, start } = this.#workbench;
    const isSubject = presetNames.some((name) => name === this.#presets.chosen);
    const isSized =
      recipe.size !== undefined || (start && scaleOf(recipe) !== scaleOf(start.recipe));
    return isSubject && !isSized && !recipe.tone;
  }

  /** A preset as it suits each, by the network that was chosen on the stage. */
  #suiting(preset: PresetName): Fit {
    const own = ownOf(this.#workbench.recipe);
    return { by: 'photo', preset, ...(own && { own }) };
  }

  get #asSet(): Fit {
    const { recipe, finish } = this.#workbench;
    const film = this.#film();
    const asked = { ...forAnyPhoto(recipe), finish: withoutPaint(finish) };
    return { by: 'recipe', recipe: asked, ...(film && { film }) };
  }
}
