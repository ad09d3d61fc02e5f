import { speak } from './speak';

/** The words of light and colour, in English. They come with their fields, and not with the page's other words. */
export const enLight = {
  exposure: 'Exposure',
  exposureHint: 'In stops: one is twice the light.',
  contrast: 'Contrast',
  temperature: 'Warmth',
  saturation: 'Saturation',
  vibrance: 'Vibrance',
  vibranceHint: 'As saturation, for faint colours most.',
  shadowTone: 'Tone of shadows',
  highlightTone: 'Tone of highlights',
  toneHint: 'From cold to warm. Black and white stay.',
  monochrome: 'Black and white',
  toning: 'Toning of a print',
  sepia: 'Sepia',
  selenium: 'Selenium',
  cyanotype: 'Cyanotype',
} as const;

/** A phrase of light and colour, in the page's language. */
export const light = speak('light', enLight);
