/** What red, green and blue count for in luma, of encoded values (ITU-R BT.601, as in JPEG); their sum is 1. */
export const lumaWeights = [0.299, 0.587, 0.114] as const;

/**
 * Luma of an encoded colour.
 *
 * @param red In any unit.
 * @param green In the same unit.
 * @param blue In the same unit.
 * @returns Luma in that unit.
 */
export function lumaOf(red: number, green: number, blue: number): number {
  return lumaWeights[0] * red + lumaWeights[1] * green + lumaWeights[2] * blue;
}
