import type { Finish } from '../../../core/recipe/finish';

/** Radius in pixels of the photo: its finest detail. */
const radius = 0.6;

/** Bounds of a radius in pixels of the result; see `core/recipe/finish`. */
const radii = [0.7, 2] as const;

/**
 * A finish with sharpening, whose radius is as wide in a large result as in a small one of the same photo.
 *
 * @param finish The finish.
 * @param amount 0..1, how much.
 * @param scale Pixels of the result per source pixel.
 * @returns A new finish.
 */
export function withSharpening(finish: Finish, amount: number, scale: number): Finish {
  const wide = Math.min(radii[1], Math.max(radii[0], radius * scale));
  return { ...finish, sharpen: { amount, radius: wide } };
}
