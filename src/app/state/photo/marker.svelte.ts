import type { Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { unmarked } from '../../../core/recipe/marks';
import { withoutMarks } from '../../../core/recipe/recipe';
import { createMask } from '../../../core/run/mask-brush';
import { BrushTool } from './brush-tool.svelte';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** What a marker begins with: fine, and without a soft edge. */
export const usualMarker = { size: 24, softness: 10, flow: 100 };

/** What of the workbench it reads and changes. */
type Bench = Pick<Workbench, 'photo' | 'recipe' | 'ask'>;

/** Marks on the picture what is damaged: one change of the recipe for each stroke. */
export class Marker extends BrushTool<Bench> {
  /** What is painted is damaged, or is not. */
  mode = $state<'mark' | 'unmark'>('mark');
  /** A stroke that goes on. */
  draft = $state.raw<Mask | null>(null);

  /**
   * @param bench Has the photo and the recipe.
   * @param view Where the photo lies on the stage.
   * @param ratio Device pixels per CSS pixel.
   */
  constructor(bench: Bench, view: Pick<StageView, 'viewport'>, ratio: number) {
    super(bench, view, ratio, usualMarker);
  }

  /** The marks as they are seen, with the stroke that goes on; undefined for none. */
  get marks(): Mask | undefined {
    return this.draft ?? this.bench.recipe.damage;
  }

  /** Takes all marks away. */
  clear(): void {
    void this.bench.ask(withoutMarks(this.bench.recipe));
  }

  protected get value(): number {
    return this.mode === 'mark' ? 255 : 0;
  }

  protected ground(photo: Size): Mask {
    return this.bench.recipe.damage ?? createMask(photo, unmarked);
  }

  protected showDraft(mask: Mask | null): void {
    this.draft = mask;
  }

  protected set(mask: Mask): void {
    void this.bench.ask({ ...this.bench.recipe, damage: mask });
  }
}
