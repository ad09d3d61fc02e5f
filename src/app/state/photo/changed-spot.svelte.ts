import { findChange } from '../../../core/findings/changed-spot';
import type { Rect, Size } from '../../../core/picture/rect';
import { scaleOf } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, ViewPart, ViewRequest } from '../../../worker/protocol';
import type { RunResult } from './runner';
import type { Workbench } from './workbench.svelte';

/** Longest side of the pictures that are compared. */
const searchSide = 1536;

/** See `findChange`. */
type SmallPicture = Parameters<typeof findChange>[0];

/** Original and result, of the same size. */
export type Pair = { readonly before: SmallPicture; readonly after: SmallPicture };

/** The part of a photo that a run has changed most. */
export type Changed = {
  readonly result: RunResult;
  /** In source pixels. */
  readonly rect: Rect;
  /** 0..1: of how much of the photo the change is seen. */
  readonly share: number;
};

/** Finds the part of a photo that a run has changed most, and what it looks like at its own size. */
export class ChangedSpot {
  /** Where it is; null while there is no result that was asked for. */
  found = $state.raw<Changed | null>(null);
  /** It, in the original, in what the result is mixed with and in the result, in the result's pixels; owned here. */
  crops = $state.raw<readonly [before: ViewPart, ground: ViewPart, after: ViewPart] | null>(null);
  readonly #enhancer: Pick<OwnerCalls, 'view'>;
  readonly #workbench: Pick<Workbench, 'photo' | 'result' | 'isDone'>;
  readonly #shrink: (size: Size) => Pair | null;
  /** The result that was looked at. */
  #seen: RunResult | null = null;

  /**
   * @param enhancer Gives the pixels.
   * @param workbench Has photo and result.
   * @param shrink Gives pictures of all of the photo and of the result; null where there are none.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'view'>,
    workbench: Pick<Workbench, 'photo' | 'result' | 'isDone'>,
    shrink: (size: Size) => Pair | null,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#shrink = shrink;
  }

  /**
   * Looks at each new result once. Reads reactive state.
   *
   * @param side Pixels of the result along the part's side.
   * @returns What was found in a result that was not looked at before; else null.
   */
  follow(side: number): Changed | null {
    const { photo, result, isDone } = this.#workbench;
    if (!photo || !result || !isDone) {
      this.dispose();
      return null;
    }
    if (result === this.#seen && this.found) return null;
    this.dispose();
    const isNew = result !== this.#seen;
    this.#seen = result;
    const scale = scaleOf(result.recipe);
    const found = this.#find(photo, Math.ceil(side / scale));
    if (!found) return null;
    this.found = { ...found, result };
    void this.#crop(photo, this.found, scale);
    return isNew ? this.found : null;
  }

  /** Forgets it and frees the crops. */
  dispose(): void {
    for (const { bitmap } of this.crops ?? []) bitmap.close();
    if (this.crops) this.crops = null;
    if (this.found) this.found = null;
  }

  #find(photo: OpenedPhoto, side: number): Omit<Changed, 'result'> | null {
    const density = Math.min(1, searchSide / Math.max(photo.width, photo.height));
    const small = (length: number) => Math.max(1, Math.round(length * density));
    const pair = this.#shrink({ width: small(photo.width), height: small(photo.height) });
    if (!pair) return null;
    const size = { width: Math.min(side, photo.width), height: Math.min(side, photo.height) };
    const window = {
      width: Math.min(pair.before.width, small(size.width)),
      height: Math.min(pair.before.height, small(size.height)),
    };
    const { x, y, share } = findChange(pair.before, pair.after, window);
    const at = (place: number, length: number, part: number) =>
      Math.max(0, Math.min(Math.round(place / density), length - part));
    return {
      rect: {
        ...size,
        x: at(x, photo.width, size.width),
        y: at(y, photo.height, size.height),
      },
      share,
    };
  }

  async #crop({ id }: OpenedPhoto, found: Changed, scale: number): Promise<void> {
    const { rect } = found;
    const size = { width: rect.width * scale, height: rect.height * scale };
    const ask = (side: ViewRequest['side']) => this.#enhancer.view(id, { side, rect, size });
    const sides = await Promise.all([ask('before'), ask('ground'), ask('after')]);
    const [before, ground, after] = sides;
    const isWanted = this.found === found;
    if (before.ok && ground.ok && after.ok && isWanted)
      this.crops = [before.value, ground.value, after.value];
    else for (const reply of sides) if (reply.ok) reply.value.bitmap.close();
  }
}
