import type { Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import { createMask, invertMask } from '../../../core/run/mask-brush';
import { BrushTool } from './brush-tool.svelte';
import type { Layers } from './layers.svelte';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** What a brush begins with; see {@link Brush}. */
export const usualBrush = { size: 64, softness: 50, flow: 100 };

/** What of the workbench it reads and changes. */
type Bench = Pick<Workbench, 'photo' | 'finish'>;

/** Paints the finish's mask on the picture: live while a stroke goes on, one change of the finish when it ends. */
export class Brush extends BrushTool<Bench> {
  /** What is painted gets the networks' work, or is kept from it. */
  mode = $state<'apply' | 'protect'>('apply');

  readonly #layers: Pick<Layers, 'draft' | 'setDraft'>;

  /**
   * @param bench Has the photo and the finish.
   * @param view Where the photo lies on the stage.
   * @param layers Show a stroke that goes on.
   * @param ratio Device pixels per CSS pixel.
   */
  constructor(
    bench: Bench,
    view: Pick<StageView, 'viewport'>,
    layers: Pick<Layers, 'draft' | 'setDraft'>,
    ratio: number,
  ) {
    super(bench, view, ratio, usualBrush);
    this.#layers = layers;
  }

  /** The mask as it is seen, with the stroke that goes on; null for none. Not reactive to a stroke. */
  get mask(): Mask | null {
    return this.#layers.draft ?? this.bench.finish.mask;
  }

  /** Applies where it was protected, and protects where it was applied. */
  invert(): void {
    const { photo } = this.bench;
    if (photo) this.#put(invertMask(this.mask ?? createMask(photo, 255)));
  }

  /** Applies everywhere. */
  clear(): void {
    this.#put(null);
  }

  /**
   * Begins with what was found.
   *
   * @param values Makes the mask's values, where it is found 255, for a grid of this size.
   */
  start(values: (grid: Size) => Uint8Array<ArrayBuffer>): void {
    const { photo } = this.bench;
    if (!photo) return;
    const ground = createMask(photo, 0);
    const found = { ...ground, values: values(ground) };
    this.#put(this.mode === 'apply' ? found : invertMask(found));
  }

  protected get value(): number {
    return this.mode === 'apply' ? 255 : 0;
  }

  /** Where nothing was painted, the opposite of what is painted. */
  protected ground(photo: Size): Mask {
    return this.bench.finish.mask ?? createMask(photo, 255 - this.value);
  }

  protected showDraft(mask: Mask | null): void {
    this.#layers.setDraft(mask);
  }

  protected set(mask: Mask): void {
    this.#put(mask);
  }

  #put(mask: Mask | null): void {
    this.bench.finish = { ...this.bench.finish, mask };
    this.#layers.setDraft(null);
  }
}
