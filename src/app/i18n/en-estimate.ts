import { speak } from './speak';

/** The words of an estimated size, in English. They come with it, and not with the page's other words. */
export const enEstimate = {
  about: '{format}, about {size}',
  pending: '{format}, its size is being estimated…',
} as const;

/** A phrase of them, in the page's language. */
export const estimateWord = speak('estimate', enEstimate);
