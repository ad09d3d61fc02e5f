import { EnhanceError } from '../../core/errors';
import { findFading, type Fading } from '../../core/fading/find';
import { findUneven, type Uneven } from '../../core/fading/uneven';
import type { Analysis } from '../../core/findings/analyse';
import { findPattern, type Wave } from '../../core/pattern/find';
import type { PhotoPlanes } from '../../core/picture/plane';
import type { Picture } from '../../core/picture/picture';
import type { Raster } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import type { Basis } from '../../core/recipe/basis';
import type { Mask } from '../../core/recipe/finish';
import { plainColours, type Colours } from '../../formats/colours';
import type { Metadata } from '../../formats/metadata/metadata';
import type { ScreenColours } from '../../formats/screen-colours';
import type { PhotoId } from '../protocol';
import type { ShownResult } from './preview';
import { DamageFinder } from './damage-finder';
import { FaceFinder } from './face-finder';
import { endPicture } from './picture-file';
import { ShakeSearch } from './shake-search';
import { TintSpreader } from './tint-spreader';

/** A photo at full size, and what has been made of it. */
export class OpenPhoto {
  readonly shake: ShakeSearch;
  readonly damage: DamageFinder;
  readonly faces: FaceFinder;
  readonly tints: TintSpreader;
  /** What is known of each of its pixels, by the names that steps ask for it. */
  readonly planes: PhotoPlanes = {};
  /** What was made of the file's photo for it: nothing by default. */
  basis: Basis = {};
  /** The size of the file's photo, upright. */
  wholeSize: Size;
  /** What is held beside it: of a framed photo, the photo as its file has it. */
  besideBytes = 0;
  /** What is wrong with it, in the light that its file has; null where nobody asks. */
  analysis: Analysis | null = null;
  /** What is shown while a run is going: its unfinished output. */
  growing: ShownResult | null = null;
  #result: ShownResult | null = null;
  #isOver = false;
  #waves: readonly Wave[] | null = null;
  #fading: Fading | null = null;
  #uneven: Uneven | null = null;

  /**
   * @param id Its name.
   * @param raster Its pixels; owned by the photo from now on, and only read.
   * @param metadata What its file says besides, for the file that it is saved to.
   * @param colours What its numbers mean, for that file too.
   * @param screen How the screen shows them.
   */
  constructor(
    readonly id: PhotoId,
    readonly raster: Raster,
    readonly metadata: Metadata,
    readonly colours: Colours = plainColours,
    /** How they are shown; null where they are what a canvas shows. */
    readonly screen: ScreenColours | null = null,
  ) {
    this.wholeSize = { width: raster.width, height: raster.height };
    this.shake = new ShakeSearch(raster);
    this.damage = new DamageFinder(raster);
    this.faces = new FaceFinder(raster);
    this.tints = new TintSpreader(raster);
  }

  /** The latest result at strength 1, the photo's to end; null before the first. */
  get result(): ShownResult | null {
    return this.#result;
  }

  set result(next: ShownResult | null) {
    if (next?.picture !== this.#result?.picture) endPicture(this.#result?.picture);
    // A run may come to its end while its photo is closed.
    if (this.#isOver) endPicture(next?.picture);
    this.#result = this.#isOver ? null : next;
  }

  /** The waves of its paper's or print's pattern; looked for once, which takes a quarter of a second. */
  get waves(): readonly Wave[] {
    this.#waves ??= findPattern(this.raster).waves;
    return this.#waves;
  }

  /** It is not open any more: nothing is looked for in it, and its result goes. */
  end(): void {
    this.shake.end();
    this.damage.end();
    this.faces.end();
    this.result = null;
    this.#isOver = true;
  }

  /** How far it has faded; measured once. */
  get fading(): Fading {
    this.#fading ??= findFading(this.raster);
    return this.#fading;
  }

  /** How unevenly it has; measured once. */
  get uneven(): Uneven {
    this.#uneven ??= findUneven(this.raster);
    return this.#uneven;
  }

  /**
   * All pictures; only to be read.
   *
   * @returns The photo, its result, and what the finish mixes that with: the photo, its damage taken away where that was done.
   * @throws {EnhanceError} `result-missing` before the first run.
   */
  withResult(): { readonly raster: Raster; readonly ground: Raster; readonly result: Picture } {
    if (!this.result) throw new EnhanceError('result-missing');
    const { picture: result, ground = this.raster } = this.result;
    return { raster: this.raster, ground, result };
  }
}

/**
 * Refuses a mask that was painted for another photo: it would say what nobody painted.
 *
 * @param mask The mask, if there is one.
 * @param size The photo's.
 * @throws {EnhanceError} `mask-of-other-photo`.
 */
export function checkMask(mask: Mask | null | undefined, { width, height }: Size): void {
  const { photo } = mask ?? {};
  if (!photo || (photo.width === width && photo.height === height)) return;
  throw new EnhanceError('mask-of-other-photo', { width: photo.width, height: photo.height });
}
