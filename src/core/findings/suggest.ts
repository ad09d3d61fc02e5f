import type { Analysis } from './analyse';
import type { Recipe } from '../recipe/recipe';

/** Why a recipe has more in it than a size; `soft` has no effect: it tells what enlarging cannot bring. */
export type Reason =
  | { kind: 'noise'; sigma: number }
  | { kind: 'jpeg'; quality: number }
  | { kind: 'blur'; sigma: number }
  | { kind: 'shake'; pixels: number }
  | { kind: 'soft'; resolution: number };

/** A recipe that fits a photo, and what in the photo it answers. */
export type Suggestion = { readonly recipe: Recipe; readonly reasons: readonly Reason[] };

/** Sigma in levels: 96 % of clean photos read less, and all with a sigma of 5 more. */
const leastNoise = 4;

/** Above this quality the eye sees no damage, and cleaning would only take detail. */
const mostJpegQuality = 85;

/** What the enlarger for real pictures undoes by itself: it was trained on sigma <= 15, quality 45-95. */
const lightNoise = 10;
const lightJpegQuality = 45;

/** Sigma in pixels: every clean photo reads less, and a photo enlarged 2x mostly does. */
const leastBlur = 1.2;

/** Below this share of the width a photo was enlarged before: there is no blur to undo. */
const leastResolution = 0.6;

/** Sigma in pixels from which a photo may be shaken; 95 % of sharp ones read less than 0.5. */
const leastShaken = 0.6;

/** Largest scale at which deblurring is suggested: at 4 its mistakes would be enlarged, too. */
const mostDeblurScale = 2;

/** Noise sigma of 100 %; see {@link Recipe}. */
const fullNoise = 50;

/**
 * Whether it is worth looking for a shake in a photo: it is soft, and not from noise.
 *
 * @param analysis What was measured of the photo.
 * @returns True for 39 of 41 photos that Levin's camera shakes blurred, and for 1 of the 41 before that.
 */
export function looksShaken({ noise, blur, effectiveResolution }: Analysis): boolean {
  return noise <= lightNoise && (blur >= leastShaken || effectiveResolution < leastResolution);
}

/**
 * Suggests what to do with a photo, doing nothing that is not needed: a clean photo is only
 * enlarged. Light damage is left to the enlarger for real pictures; stronger damage is cleaned
 * first, and so is any where no enlarger follows, or where a deblurring would sharpen it.
 *
 * @param analysis What was measured of the photo.
 * @param scale The enlargement that is wanted.
 * @returns A recipe of that scale, with a reason for each part of it.
 */
export function suggest(analysis: Analysis, scale: 1 | 2 | 4): Suggestion {
  const { noise, jpegQuality, blur, effectiveResolution, shake } = analysis;
  const noisy = noise >= leastNoise;
  const blocky = jpegQuality <= mostJpegQuality;
  const shaken = shake > 0;
  const soft = effectiveResolution < leastResolution && !shaken;
  // Strong noise hides what a blur has left, so that neither its sigma nor its cure can be trusted.
  const legible = noise <= lightNoise && !soft;
  const blurred = blur >= leastBlur && legible && scale <= mostDeblurScale && !shaken;
  const strong = noise > lightNoise || jpegQuality < lightJpegQuality;
  const sharpened = shaken || blurred;
  const cleaned = (noisy || blocky) && (strong || sharpened || scale === 1);

  const reasons: Reason[] = [];
  if (noisy) reasons.push({ kind: 'noise', sigma: noise });
  if (blocky) reasons.push({ kind: 'jpeg', quality: jpegQuality });
  if (shaken) reasons.push({ kind: 'shake', pixels: shake });
  if (blurred) reasons.push({ kind: 'blur', sigma: blur });
  if (soft) reasons.push({ kind: 'soft', resolution: effectiveResolution });
  const recipe: Recipe = {
    v: 1,
    ...(cleaned && {
      clean: {
        noise: noisy ? noisePercent(noise) : 0,
        jpeg: blocky ? 100 - jpegQuality : 0,
      },
    }),
    ...(sharpened && { deblur: shaken ? 100 : deblurAmount(blur) }),
    scale,
    variant: (noisy || blocky) && !cleaned ? 'real' : 'faithful',
  };
  return { recipe, reasons };
}

/**
 * Percent. What texture may have added to the reading is taken off, as variances add: asphalt that
 * read 5.8 lost too much (37.6 dB) when all of that was removed.
 */
function noisePercent(sigma: number): number {
  const sure = Math.sqrt(Math.max(0, sigma ** 2 - leastNoise ** 2));
  return Math.min(100, Math.max(1, Math.round((100 * sure) / fullNoise)));
}

/** Percent: moderate, because too little leaves a photo soft and too much draws halos. */
function deblurAmount(sigma: number): number {
  return Math.min(70, Math.round(40 + 30 * (sigma - leastBlur)));
}
