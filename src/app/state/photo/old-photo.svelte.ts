import { isWorthHealing } from '../../../core/findings/old-photo';
import { isSameFrame, wholeFrame, type Frame } from '../../../core/recipe/frame';
import { hasMarks } from '../../../core/recipe/marks';
import type { DamageSearch } from './damage-search.svelte';
import type { Presets } from './presets.svelte';
import { reframe } from './reframing';
import type { Workbench } from './workbench.svelte';

/** Mends an old photo in one press, and crops a scan to its print where that is asked for. */
export class OldPhoto {
  readonly #workbench: Workbench;
  readonly #damage: DamageSearch;
  readonly #presets: Presets;

  /**
   * @param workbench Has the photo, and is asked for what it needs.
   * @param damage Looks for damage.
   * @param presets Asks for the rest.
   */
  constructor(workbench: Workbench, damage: DamageSearch, presets: Presets) {
    this.#workbench = workbench;
    this.#damage = damage;
    this.#presets = presets;
  }

  /** The frame of the print in the open scan; null where none was found. */
  get frame(): Frame | null {
    return this.#workbench.photo?.scanFrame ?? null;
  }

  /** Whether that is the frame that is asked for. */
  get isFramed(): boolean {
    return this.frame !== null && isSameFrame(this.frame, this.#workbench.recipe.frame);
  }

  /**
   * Crops the scan to its print, or shows all of it again; in one change.
   *
   * @param isOn Which.
   */
  setFrame(isOn: boolean): void {
    const { frame } = this;
    const { recipe, finish, whole, run } = this.#workbench;
    if (!frame || run || isOn === this.isFramed) return;
    const asked = reframe({ recipe, finish }, isOn ? frame : wholeFrame, whole);
    void this.#workbench.ask(asked.recipe, asked.finish);
  }

  /**
   * Asks for all that an old photo needs, as far as it was found in this one: the frame, the preset, and what the search for damage
   * marks, once it has ended. A run that is asked for meanwhile waits for it.
   */
  async choose(): Promise<void> {
    const { photo, run } = this.#workbench;
    if (!photo || run) return;
    const { frame } = this.#workbench.recipe;
    this.#presets.choose('old', frame ? {} : { frame: photo.scanFrame });
    const { recipe, suggestion } = this.#workbench;
    if (!this.#damage.isOffered || hasMarks(recipe.damage)) return;
    const signs = {
      reasons: suggestion?.reasons ?? [],
      isMonochrome: photo.isMonochrome ?? false,
      isScan: photo.scanFrame !== undefined,
    };
    await this.#damage.findUnasked(
      (share) => isWorthHealing(share, signs),
      (marked) => this.#presets.choose('old', { recipe: marked }),
    );
  }
}
