import type { Size } from '../picture/rect';
import type { Scale } from '../recipe/kinds';
import { limitRecipe, type Offers } from '../recipe/offers';
import {
  leastBlur,
  leastNoise,
  lightNoise,
  mostCleanedQuality,
  type Reason,
} from '../recipe/reasons';
import { recommend } from '../recipe/recommendation';
import type { Recipe } from '../recipe/recipe';
import type { TaskTable } from '../recipe/task-row';
import { tasks } from '../recipe/tasks';
import type { Analysis } from './analyse';

/** A recipe that fits a photo, and what in the photo it answers. */
export type Suggestion = { readonly recipe: Recipe; readonly reasons: readonly Reason[] };

/**
 * JPEG quality above which the eye sees no damage in a photo that is enlarged: at 92 a faithful enlarger sharpens
 * blocks, and specks round edges, that nobody saw before (looked at, on CID22's photos).
 */
const mostEnlargedQuality = 95;

/** Below this share of the width a photo was enlarged before: there is no blur to undo. */
const leastResolution = 0.6;

/** Sigma in pixels from which a photo may be shaken; 95 % of sharp ones read less than 0.5. */
const leastShaken = 0.6;

/** Largest scale at which a blur is a reason: at 4 the mistakes of deblurring would be enlarged, too. */
const mostBlurScale = 2;

/** Above this many pixels a photo is large enough as it is. */
const mostEnlargedPixels = 8e6;

/**
 * The enlargement that suits a photo, whatever was found in it.
 *
 * @param photo Its size.
 * @param photo.width In pixels.
 * @param photo.height In pixels.
 * @returns 2; 1 for a photo of more than eight megapixels.
 */
export function suggestScale({ width, height }: Size): Scale {
  return width * height > mostEnlargedPixels ? 1 : 2;
}

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
 * @param table The tasks that there are.
 * @returns A recipe of that scale, with a reason for each part of it.
 */
export function suggest(analysis: Analysis, scale: Scale, table: TaskTable = tasks): Suggestion {
  const reasons = findReasons(analysis, scale);
  return { recipe: recommend(reasons, scale, table), reasons };
}

/**
 * What a photo calls for, of what a site's models can do.
 *
 * @param analysis What was measured of the photo.
 * @param scale The enlargement that is wanted.
 * @param offers What the models can do; null where that is not known: then all is suggested.
 * @returns The suggestion.
 */
export function suggestWithin(analysis: Analysis, scale: Scale, offers: Offers | null): Suggestion {
  const whole = suggest(analysis, scale);
  return offers ? { ...whole, recipe: limitRecipe(whole.recipe, offers) } : whole;
}

function findReasons(analysis: Analysis, scale: Scale): readonly Reason[] {
  const { noise, jpegQuality, blur, effectiveResolution, shake, printed, faded, drawn } = analysis;
  const isShaken = shake > 0;
  const isSoft = effectiveResolution < leastResolution && !isShaken;
  // Strong noise hides what a blur has left, so that neither its sigma nor its cure can be trusted.
  const isLegible = noise <= lightNoise && !isSoft;
  const reasons: Reason[] = [];
  if (drawn) reasons.push({ kind: 'drawn' });
  if (printed) reasons.push({ kind: 'pattern' });
  if (faded) reasons.push({ kind: 'faded' });
  if (noise >= leastNoise) reasons.push({ kind: 'noise', sigma: noise });
  const mostQuality = scale > 1 ? mostEnlargedQuality : mostCleanedQuality;
  if (jpegQuality <= mostQuality) reasons.push({ kind: 'jpeg', quality: jpegQuality });
  if (isShaken) reasons.push({ kind: 'shake', pixels: shake });
  if (blur >= leastBlur && isLegible && scale <= mostBlurScale && !isShaken)
    reasons.push({ kind: 'blur', sigma: blur });
  if (isSoft) reasons.push({ kind: 'soft', resolution: effectiveResolution });
  return reasons;
}
