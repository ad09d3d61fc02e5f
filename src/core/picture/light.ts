/** Linear light, 0..1, of each of the 256 display values (sRGB, IEC 61966-2-1). */
export const lightOf: Float32Array = Float32Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/**
 * The display value (sRGB) of linear light: the inverse of `lightOf`.
 *
 * @param light Linear light, from 0.
 * @returns The value for light of 0..1 in 0..255, not rounded.
 */
export function displayOf(light: number): number {
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
}
