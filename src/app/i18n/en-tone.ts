import { speak } from './speak';

/** The words of a photo's light before a run, in English. They come with its fields, and not with the page's other words. */
export const enTone = {
  hint: 'Before everything else is done. What follows works on it.',
  negative: 'Invert a negative',
  negativeHint: 'Makes a positive of scanned film, in colour or black and white.',
  brightness: 'Brightness',
  brightnessHint: 'In stops: one is twice the light.',
  temperature: 'Temperature',
  tint: 'Tint',
  tintHint: 'From green to magenta.',
  shadows: 'Shadows',
  highlights: 'Highlights',
  pick: 'Pick a neutral point',
  pickHint: 'Press on something gray or white in the picture',
  picked: 'Balanced: what was pressed is gray.',
  noLight: 'That place is too dark or too bright to balance by. Pick a gray one.',
} as const;

/** A phrase of a photo's light, in the page's language. */
export const toneWord = speak('tone', enTone);
