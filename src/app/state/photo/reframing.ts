import { framedSize } from '../../../core/frame/geometry';
import { withBasis } from '../../../core/recipe/basis';
import type { Finish } from '../../../core/recipe/finish';
import { fitScale } from '../../../core/recipe/fitting';
import { wholeFrame, type Frame } from '../../../core/recipe/frame';
import { unmarked } from '../../../core/recipe/marks';
import type { Recipe } from '../../../core/recipe/recipe';
import { reframeFaces } from '../../../core/run/face-mask';
import { reframeMask } from '../../../core/run/mask-frame';
import { reframeTint } from '../../../core/run/tint-frame';
import type { Size } from '../../../core/picture/rect';

/** What is asked for of a photo. */
export type Asked = { readonly recipe: Recipe; readonly finish: Finish };

/**
 * What is asked for, in another frame: what was marked and painted stays where it is in the picture.
 *
 * @param asked What is asked for in the frame that its recipe has.
 * @param frame The other frame.
 * @param whole Size of the photo as its file has it.
 * @returns The same in that frame, its enlargement the one that its size is reached by.
 */
export function reframe({ recipe, finish }: Asked, frame: Frame, whole: Size): Asked {
  const { damage, frame: from = wholeFrame } = recipe;
  const change = { from, to: frame, photo: whole };
  const framed: Recipe = {
    ...withBasis(recipe, { ...recipe, frame }),
    ...(damage && { damage: reframeMask(damage, change, unmarked) }),
  };
  const mask = finish.mask && reframeMask(finish.mask, change);
  const tint = finish.tint && reframeTint(finish.tint, change);
  const faces = reframeFaces(finish.faces, change);
  return {
    recipe: fitScale(framed, framedSize(frame, whole)),
    finish: { ...finish, mask, faces, tint },
  };
}
