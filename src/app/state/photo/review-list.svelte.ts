import type { Rect } from '../../../core/picture/rect';
import { createMask, protectPart } from '../../../core/run/mask-brush';
import type { InventedPart, Review } from '../../../core/run/review';
import { putFacesFirst } from '../../../core/run/review-order';
import type { OwnerCalls } from '../../../worker/client';
import { describeProblem } from '../../i18n/problem';
import type { RunResult } from './runner';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** A part that was found, and both sides of it as the list shows them. */
type DrawnPart = InventedPart & {
  readonly before: ImageBitmap | null;
  readonly after: ImageBitmap | null;
};

/** A part in the list. */
export type ListedPart = DrawnPart & {
  /** From 1: eyes and mouths first, then faces, then what is strongest. */
  readonly number: number;
};

/** Of a mask's values, below which a place counts as restored. */
const restoredBelow = 16;

/** What of the workbench is reviewed, and changed. */
type Reviewed = Pick<Workbench, 'photo' | 'result' | 'run' | 'finish'>;

/** What a result shows and its photo does not: found once a result, restored one by one. */
export class ReviewList {
  /** What was found of the present result; null until then. */
  found = $state.raw<Pick<Review, 'colourDrift'> | null>(null);
  /** Why nothing could be found, or empty. */
  fault = $state('');
  /** Where the part lies that is looked at. */
  #at = $state.raw<Rect | null>(null);
  #parts = $state.raw<readonly DrawnPart[]>([]);
  /** The result that was asked about. */
  #of: RunResult | null = null;

  readonly #enhancer: Pick<OwnerCalls, 'review' | 'view'>;
  readonly #workbench: Reviewed;
  readonly #view: Pick<StageView, 'showFullAt'>;

  /** How many were found. */
  get total(): number {
    return this.#parts.length;
  }

  readonly #numbered: readonly ListedPart[] = $derived.by(() => {
    const { photo, finish } = this.#workbench;
    const parts = photo ? putFacesFirst(this.#parts, finish.faces, photo) : this.#parts;
    return parts.map((part, i) => ({ ...part, number: i + 1 }));
  });

  /** Those whose original is not back. */
  readonly parts: readonly ListedPart[] = $derived.by(() =>
    this.#numbered.filter(({ rect }) => !this.#isRestored(rect)),
  );

  /** The part that is looked at, by its number; 0 for none. */
  readonly current: number = $derived.by(
    () => this.#numbered.find(({ rect }) => rect === this.#at)?.number ?? 0,
  );

  /**
   * @param enhancer Finds, and draws both sides.
   * @param workbench Has the result and its finish.
   * @param view Is led to a part.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'review' | 'view'>,
    workbench: Reviewed,
    view: Pick<StageView, 'showFullAt'>,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#view = view;
  }

  /**
   * Looks through the present result, where that was not done. Reads reactive state.
   *
   * @param side Device pixels along a picture of the list.
   * @returns Settles when all is there.
   */
  async follow(side: number): Promise<void> {
    const { photo, result, run } = this.#workbench;
    if (!photo || !result || run || this.#of === result) return;
    this.#forget();
    this.#of = result;
    const reply = await this.#enhancer.review(photo.id, photo.analysis.noise);
    if (this.#of !== result) return;
    if (!reply.ok) {
      this.fault = describeProblem(reply);
      return;
    }
    const { parts, colourDrift } = reply.value;
    this.#parts = parts.map((part) => ({ ...part, before: null, after: null }));
    this.found = { colourDrift };
    for (const part of this.#parts) await this.#draw(photo.id, part, side, result);
  }

  /** Leads to the next part. */
  next(): ListedPart | null {
    const { parts } = this;
    const part = parts.find(({ number }) => number > this.current) ?? parts[0] ?? null;
    if (part) this.go(part);
    return part;
  }

  /**
   * Leads to a part.
   *
   * @param part Which.
   */
  go({ rect }: ListedPart): void {
    this.#at = rect;
    const { x, y, width, height } = rect;
    this.#view.showFullAt(x + width / 2, y + height / 2);
  }

  /**
   * Brings the original back in a part: the mask protects it.
   *
   * @param part Which.
   */
  restore({ rect }: ListedPart): void {
    const { photo, finish } = this.#workbench;
    if (!photo) return;
    const mask = protectPart(finish.mask ?? createMask(photo, 255), photo, rect);
    this.#workbench.finish = { ...finish, mask };
  }

  /** Frees the pictures; it is of no use any more. */
  dispose(): void {
    this.#forget();
    this.#of = null;
  }

  #isRestored({ x, y, width, height }: Rect): boolean {
    const { photo, finish } = this.#workbench;
    if (!photo || !finish.mask) return false;
    const { mask } = finish;
    const column = Math.floor(((x + width / 2) * mask.width) / photo.width);
    const row = Math.floor(((y + height / 2) * mask.height) / photo.height);
    return (mask.values[row * mask.width + column] ?? 255) < restoredBelow;
  }

  async #draw(photo: number, part: DrawnPart, side: number, result: RunResult): Promise<void> {
    const rect = squareIn(part.rect, this.#workbench.photo ?? part.rect);
    const size = { width: side, height: side };
    const [before, after] = await Promise.all(
      (['ground', 'after'] as const).map(async (which) => {
        const reply = await this.#enhancer.view(photo, { side: which, rect, size });
        return reply.ok ? reply.value.bitmap : null;
      }),
    );
    if (this.#of !== result) {
      before?.close();
      after?.close();
      return;
    }
    const drawn = { before: before ?? null, after: after ?? null };
    this.#parts = this.#parts.map((each) =>
      each.rect === part.rect ? { ...each, ...drawn } : each,
    );
  }

  #forget(): void {
    for (const { before, after } of this.#parts) {
      before?.close();
      after?.close();
    }
    this.#parts = [];
    this.found = null;
    this.fault = '';
    this.#at = null;
  }
}

/**
 * The square round a part, where the photo has it.
 *
 * @param rect The part.
 * @param photo Size of the photo.
 * @returns A square inside the photo, of the part's longer side where that fits.
 */
export function squareIn(
  rect: Rect,
  photo: { readonly width: number; readonly height: number },
): Rect {
  const side = Math.min(Math.max(rect.width, rect.height), photo.width, photo.height);
  const from = (start: number, length: number, whole: number) =>
    Math.min(Math.max(0, start + (length - side) / 2), whole - side);
  return {
    x: from(rect.x, rect.width, photo.width),
    y: from(rect.y, rect.height, photo.height),
    ...{ width: side, height: side },
  };
}
