import type { Size } from '../../../core/picture/rect';
import type { Finish } from '../../../core/recipe/finish';

/** Grains along the longer side of a picture: about what a frame of fast 35 mm film has, seen as a whole. */
const grainsAcross = 1800;

/** Bounds of a grain's width in pixels; see `core/recipe/finish`. */
const sizes = [1, 32] as const;

/**
 * A finish with film grain, which is as coarse in a large result as in a small one of the same photo.
 *
 * @param finish The finish.
 * @param amount 0..1, how strong.
 * @param result Size of the result.
 * @returns A new finish.
 */
export function withGrain(finish: Finish, amount: number, result: Size): Finish {
  const width = Math.max(result.width, result.height) / grainsAcross;
  const size = Math.min(sizes[1], Math.max(sizes[0], width));
  return { ...finish, grain: { ...finish.grain, amount, size } };
}
