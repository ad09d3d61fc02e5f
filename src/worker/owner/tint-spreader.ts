import type { Raster } from '../../core/picture/raster';
import { isSameTint, type Tint } from '../../core/recipe/tint';
import { createGuide, type Guide } from '../../core/tint/guide';
import { spreadTint, type TintMap } from '../../core/tint/tint-map';

/** Spreads tints over a photo; what it has seen of the photo, and the last tint, it keeps. */
export class TintSpreader {
  readonly #raster: Raster;
  #guide: Guide | null = null;
  #last: { readonly tint: Tint; readonly map: TintMap } | null = null;

  /** @param raster The photo; only read. */
  constructor(raster: Raster) {
    this.#raster = raster;
  }

  /**
   * The colours of some strokes.
   *
   * @param tint The strokes.
   * @returns The colours; only to be read.
   */
  spread(tint: Tint): TintMap {
    if (this.#last && isSameTint(this.#last.tint, tint)) return this.#last.map;
    this.#guide ??= createGuide(this.#raster);
    const map = spreadTint(this.#guide, tint);
    this.#last = { tint, map };
    return map;
  }
}
