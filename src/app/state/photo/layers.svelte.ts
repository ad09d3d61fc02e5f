import { snapRect, type Rect, type Size } from '../../../core/picture/rect';
import type { Mask } from '../../../core/recipe/finish';
import type { Tint } from '../../../core/recipe/tint';
import type { TintMap } from '../../../core/tint/tint-map';
import type { ColourDrift } from '../../../core/run/colour-drift';
import { spaceOnScreen } from '../../platform/screen-space';
import { previewSide } from '../../../worker/protocol';
import type { ViewPart, ViewRequest } from '../../../worker/protocol';

/** A side of the comparison. */
export type Side = 'before' | 'after';

/** A finished tile on its way into the after base. */
export type Patch = { readonly rect: Rect; readonly bitmap: ImageBitmap; readonly since: number };

/** A complete after side, laid aside. */
export type KeptSide = Pick<Layers, 'after' | 'ground' | 'scale' | 'drift'>;

/** Strokes, and the colours that they have spread over the photo. */
export type SpreadTint = { readonly of: Tint; readonly map: TintMap };

/** Where two frames of a fade are further apart, in milliseconds, tiles appear at once instead. */
const slowFrameMs = 50;

/** How long a tile takes to fade in, in milliseconds. */
export const fadeMs = 180;

/**
 * The pictures that the page keeps for the screen, none larger than the screen needs: per side a base of
 * the whole photo and a detail of what is being looked at. Owns every bitmap given to it.
 */
export class Layers {
  /** Counts changes of the before side, so that drawing can follow them. */
  beforeVersion = $state(0);
  /** Counts changes of the after side, which shows the before side through at less than full strength. */
  afterVersion = $state(0);
  /** The whole original. */
  before: ImageBitmap | null = null;
  /** The whole result so far: the preview with finished tiles over it; null before the first run. */
  after: OffscreenCanvas | null = null;
  /** What the finish mixes `after` with, where that is not the original; of the same size. */
  ground: OffscreenCanvas | null = null;
  /** Pixels of the result that `after` shows per source pixel. */
  scale = 1;
  /** How the complete result's colours have drifted, once that was asked for; see `core/run`. */
  drift: ColourDrift | null = null;
  /** A tint of this photo, spread; once some were painted. See `core/tint`. */
  tint: SpreadTint | null = null;
  /** A mask that is being painted: it is seen in place of the finish's own. */
  draft: Mask | null = null;
  /** Tiles that are fading in over `after`. */
  fading: Patch[] = [];
  /** Whether `after` was finished when it was made, as the pictures of a clip are: it is shown as it is. */
  isFinished = $state(false);
  /** Of the canvases that all this is drawn on. */
  space = $state.raw<PredefinedColorSpace>('srgb');
  readonly details: Record<ViewRequest['side'], ViewPart | null> = {
    ...{ before: null, after: null, ground: null },
  };
  #photo: Size = { width: 1, height: 1 };
  #hasAlpha = false;
  /** The last complete result while another run is going. */
  #kept: KeptSide | null = null;
  /** Time of the last frame in which tiles were fading, or 0. */
  #lastFade = 0;
  /** False once this machine has proved too slow for tiles to fade in. */
  #mayFade = true;

  /**
   * Shows another photo and forgets everything about the one before.
   *
   * @param preview The whole photo; owned by the layers from now on.
   * @param photo Its size in source pixels.
   * @param about What else is known of it.
   * @param about.hasAlpha Whether it has transparent parts.
   * @param about.isWide Whether it may have colours that sRGB lacks.
   */
  show(
    preview: ImageBitmap,
    photo: Size,
    { hasAlpha, isWide }: { readonly hasAlpha: boolean; readonly isWide: boolean },
  ): void {
    this.before?.close();
    this.dropResult();
    this.tint = null;
    this.before = preview;
    this.#photo = photo;
    this.#hasAlpha = hasAlpha;
    this.space = spaceOnScreen(isWide);
    this.#changed('before');
  }

  /**
   * Begins an after side: a copy of the original that tiles will cover.
   *
   * @param scale The result's pixels per source pixel.
   */
  beginRun(scale: number): void {
    if (!this.before) return;
    this.#dropFading();
    this.#dropDetails(['after', 'ground']);
    this.#kept = this.takeResult();
    this.scale = scale;
    this.ground = null;
    this.drift = null;
    const { width, height } = this.#photo;
    const fit = Math.min(
      scale,
      Math.max(previewSide / Math.max(width, height), this.#previewScale()),
    );
    this.after = new OffscreenCanvas(
      Math.max(1, Math.round(width * fit)),
      Math.max(1, Math.round(height * fit)),
    );
    const context = this.after.getContext('2d', { colorSpace: this.space });
    context?.drawImage(this.before, 0, 0, this.after.width, this.after.height);
    this.#mayFade = true;
    this.#changed('after');
  }

  /**
   * Ends the after side that was begun.
   *
   * @param complete True to keep it; false to return to the result before, or to none.
   */
  endRun(complete: boolean): void {
    if (!complete) {
      this.#dropFading();
      this.after = this.#kept?.after ?? null;
      this.ground = this.#kept?.ground ?? null;
      this.scale = this.#kept?.scale ?? 1;
      this.drift = this.#kept?.drift ?? null;
    }
    this.#kept = null;
    this.#dropDetails(['after', 'ground']);
    this.#changed('after');
  }

  /**
   * Gives a complete after side away.
   *
   * @returns For {@link putResult}; the layers still show it until it is dropped.
   */
  takeResult(): KeptSide {
    const { after, ground, scale, drift } = this;
    return { after, ground, scale, drift };
  }

  /**
   * Shows an after side again.
   *
   * @param kept Of the same photo in the same frame.
   */
  putResult({ after, ground, scale, drift }: KeptSide): void {
    this.after = after;
    this.ground = ground;
    this.scale = scale;
    this.drift = drift;
    this.#changed('after');
  }

  /**
   * Shows an after side that is finished.
   *
   * @param bitmap All of it; owned by the layers from now on.
   * @param scale Its full-size pixels per source pixel.
   */
  showFinished(bitmap: ImageBitmap, scale: number): void {
    const after = new OffscreenCanvas(bitmap.width, bitmap.height);
    after.getContext('2d', { colorSpace: this.space })?.drawImage(bitmap, 0, 0);
    bitmap.close();
    this.isFinished = true;
    this.putResult({ after, ground: null, scale, drift: null });
  }

  /** Forgets the after side: the result is gone. */
  dropResult(): void {
    this.#dropFading();
    this.isFinished = false;
    this.after = null;
    this.ground = null;
    this.drift = null;
    this.draft = null;
    this.#kept = null;
    this.dropDetails();
    this.afterVersion++;
  }

  /**
   * Shows a finished tile.
   *
   * @param rect Where, in source pixels.
   * @param bitmap The tile; owned by the layers from now on.
   * @param fade Whether to fade it in.
   * @param isGround Whether the finish mixes what follows with it.
   */
  addPatch(rect: Rect, bitmap: ImageBitmap, fade: boolean, isGround = false): void {
    if (isGround) this.#layGround(rect, bitmap);
    const patch = { rect, bitmap, since: performance.now() };
    if (fade && this.#mayFade && !this.#hasAlpha) this.fading.push(patch);
    else this.#commit(patch);
    this.#changed('after');
  }

  /**
   * Moves tiles that have faded in into the base.
   *
   * @param now The time of this frame, as `performance.now()` counts it.
   * @returns True while some are still fading.
   */
  advance(now: number): boolean {
    if (this.#lastFade > 0 && now - this.#lastFade > slowFrameMs) this.#mayFade = false;
    const isDone = (patch: Patch): boolean => !this.#mayFade || now - patch.since >= fadeMs;
    for (const patch of this.fading.filter(isDone)) this.#commit(patch);
    this.fading = this.fading.filter((patch) => !isDone(patch));
    this.#lastFade = this.fading.length > 0 ? now : 0;
    return this.fading.length > 0;
  }

  /**
   * Replaces a detail.
   *
   * @param side Of which picture.
   * @param part The part; owned by the layers from now on.
   */
  setDetail(side: ViewRequest['side'], part: ViewPart): void {
    this.#dropDetails([side]);
    this.details[side] = part;
    this.#changed(side === 'before' ? side : 'after');
  }

  /**
   * Knows how the complete result's colours have drifted.
   *
   * @param drift Measured in full-size pixels.
   */
  setDrift(drift: ColourDrift): void {
    this.drift = drift;
    this.#changed('after');
  }

  /**
   * Knows what colours some strokes have spread.
   *
   * @param tint The strokes and the colours.
   */
  setTint(tint: SpreadTint): void {
    this.tint = tint;
    this.#changed('after');
  }

  /**
   * Shows the after side through a mask that is being painted.
   *
   * @param mask The mask, owned by the layers from now on; null for the finish's own.
   */
  setDraft(mask: Mask | null): void {
    this.draft = mask;
    this.afterVersion++;
  }

  /** Forgets the details of all pictures. */
  dropDetails(): void {
    const { before, after, ground } = this.details;
    if (!before && !after && !ground) return;
    this.#dropDetails(['before', 'after', 'ground']);
    this.#changed('before');
  }

  #previewScale(): number {
    return (this.before?.width ?? 1) / this.#photo.width;
  }

  #changed(side: Side): void {
    if (side === 'before') this.beforeVersion++;
    this.afterVersion++;
  }

  #dropDetails(sides: readonly ViewRequest['side'][]): void {
    for (const side of sides) {
      this.details[side]?.bitmap.close();
      this.details[side] = null;
    }
  }

  #dropFading(): void {
    for (const patch of this.fading) patch.bitmap.close();
    this.fading = [];
  }

  #commit({ rect, bitmap }: Patch): void {
    this.#lay(this.after, rect, bitmap);
    bitmap.close();
  }

  #layGround(rect: Rect, bitmap: ImageBitmap): void {
    if (!this.after || !this.before) return;
    const { width, height } = this.after;
    if (!this.ground) {
      this.ground = new OffscreenCanvas(width, height);
      const context = this.ground.getContext('2d', { colorSpace: this.space });
      context?.drawImage(this.before, 0, 0, width, height);
    }
    this.#lay(this.ground, rect, bitmap);
  }

  #lay(base: OffscreenCanvas | null, rect: Rect, bitmap: ImageBitmap): void {
    const context = base?.getContext('2d');
    if (!base || !context) return;
    const { x, y, width, height } = snapRect(rect, this.#photo, base);
    context.clearRect(x, y, width, height);
    context.drawImage(bitmap, x, y, width, height);
  }
}
