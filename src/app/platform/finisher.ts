import { cropRaster, type Raster } from '../../core/picture/raster';
import type { Finish } from '../../core/recipe/finish';
import { FaceLayer } from '../../core/run/face-mask';
import type { ColourDrift } from '../../core/run/colour-drift';
import { finishPixels, type Plates } from '../../core/run/finish-pixels';
import { reachOf } from '../../core/run/finish-terms';
import { findChange } from '../../core/run/mask-change';
import type { TintMap } from '../../core/tint/tint-map';
import { intersect, wholeRect, widen, type Rect } from '../../core/picture/rect';

/** Two pictures of one part of the screen, and which of the result's pixels each of theirs shows. */
export type ScreenPlates = Pick<Plates, 'columns' | 'rows' | 'whole' | 'step'> & {
  /** The plain enlargement; of the same size as `enhanced`. */
  readonly plain: OffscreenCanvas;
  readonly enhanced: OffscreenCanvas;
  /** Both canvases', whose numbers are finished. */
  readonly space: PredefinedColorSpace;
};

/** Finishes what the screen shows; see `finishPixels` for what is done. */
export interface Finisher {
  /** Whether plates are worked on by the CPU, so that their canvases had better be there. */
  readonly onCpu: boolean;
  /**
   * Takes new plates over in place of those before.
   *
   * @param plates Read before this returns; free again then.
   */
  load(plates: ScreenPlates): void;
  /**
   * Finishes the loaded plates. One call at a time.
   *
   * @param finish How.
   * @param drift For colour lock; null leaves it out.
   * @param tint The finish's tint, spread; null leaves it out.
   * @returns The finished picture, of the plates' size; valid until the next call.
   * @throws {Error} Where nothing is loaded, or the machine fails.
   */
  finish(
    finish: Finish,
    drift: ColourDrift | null,
    tint?: TintMap | null,
  ): ImageData | Promise<ImageData>;
  /** Frees everything; the finisher is of no use any more. */
  dispose(): void;
}

/** Finishes on the page's own thread, with the arithmetic that Save uses. */
export class ArrayFinisher implements Finisher {
  readonly onCpu = true;
  readonly #faces = new FaceLayer();
  #loaded: { readonly plates: Omit<Plates, 'drift' | 'tint'>; readonly out: ImageData } | null =
    null;
  /** What `out` shows. */
  #last: (Pick<Plates, 'drift' | 'tint'> & { readonly finish: Finish }) | null = null;

  /** @inheritdoc */
  load({ plain, enhanced, columns, rows, whole, step, space }: ScreenPlates): void {
    const pictures = { plain: readCanvas(plain), enhanced: readCanvas(enhanced) };
    const out = new ImageData(enhanced.width, enhanced.height, { colorSpace: space });
    this.#loaded = { plates: { ...pictures, columns, rows, whole, step }, out };
    this.#last = null;
  }

  /** @inheritdoc */
  finish(asked: Finish, drift: ColourDrift | null, tint: TintMap | null = null): ImageData {
    if (!this.#loaded) throw new Error('There are no plates.');
    const { plates, out } = this.#loaded;
    const finish = this.#faces.lay(asked, plates.whole);
    const last = this.#last;
    this.#last = { finish, drift, tint };
    if (last?.drift !== drift || last.tint !== tint)
      finishPixels({ ...plates, drift, tint }, finish, asRaster(out));
    else {
      const part = findChange(last.finish, finish, plates);
      if (part) finishPart({ ...plates, drift, tint }, finish, part, asRaster(out));
    }
    return out;
  }

  /** @inheritdoc */
  dispose(): void {
    this.#loaded = null;
    this.#last = null;
  }
}

/** Finishes a part of some plates: a stroke of a brush leaves the rest as it is. */
function finishPart(plates: Plates, finish: Finish, part: Rect, out: Raster): void {
  // Copies of whole plates would take as long as finishing them.
  if (part.width === out.width && part.height === out.height) {
    finishPixels(plates, finish, out);
    return;
  }
  const { plain, enhanced, columns, rows } = plates;
  const seen = intersect(widen(part, reachOf(finish, plates.step)), wholeRect(out)) ?? part;
  const done = cropRaster(enhanced, seen);
  const cut = {
    ...plates,
    ...{ plain: cropRaster(plain, seen), enhanced: done },
    columns: columns.subarray(seen.x, seen.x + seen.width),
    rows: rows.subarray(seen.y, seen.y + seen.height),
  };
  finishPixels(cut, finish, done);
  for (let y = 0; y < part.height; y++) {
    const from = ((part.y - seen.y + y) * seen.width + part.x - seen.x) * 4;
    const to = ((part.y + y) * out.width + part.x) * 4;
    out.data.set(done.data.subarray(from, from + part.width * 4), to);
  }
}

function readCanvas(canvas: OffscreenCanvas): Raster {
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('The canvas has no 2d context.');
  return asRaster(pen.getImageData(0, 0, canvas.width, canvas.height));
}

function asRaster({ width, height, data }: ImageData): Raster {
  return { width, height, hasAlpha: true, space: 'srgb', data };
}
