import { speak } from './speak';

/** The words of light and colour, in English. They come with their fields, and not with the page's other words. */
const enLight = {
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
export const light = speak(enLight);

/**
 * A number that may be more or less than none.
 *
 * @param value The number.
 * @param digits How many behind the point.
 * @returns With its sign, unless it is 0.
 */
export function saySigned(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
