/**
 * The space of canvases that a photo is shown on.
 *
 * @param isWide Whether it may have colours that sRGB lacks.
 * @returns Display P3 where it has and the screen shows that too; else sRGB, in which all other photos' numbers are finished
 *   on the screen as they are saved.
 */
export function spaceOnScreen(isWide: boolean): PredefinedColorSpace {
  return isWide && matchMedia('(color-gamut: p3)').matches ? 'display-p3' : 'srgb';
}
