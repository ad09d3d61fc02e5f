import { speak } from './speak';

/** The words of mending old photos, in English. They come with the panel's pages, and not with the page's other words. */
export const enOld = {
  strength:
    '0 % leaves the networks out. What is healed, taken out or brought back stays at any strength.',
} as const;

/** A phrase of mending old photos, in the page's language. */
export const oldWord = speak('old', enOld);
