import { speak } from './speak';

/** What is said of bits that are lost, in English. */
export const enDepth = {
  never:
    '{format} has 8 bits a sample, and the photo has more: smooth places are dithered. PNG and TIFF keep them.',
  tooLarge:
    'Too large for an {format} of more than 8 bits a sample: it gets 8. PNG and TIFF keep the photo’s.',
} as const;

/** A phrase of them, in the page's language. */
export const depthWord = speak('depth', enDepth);
