/** What is said of bits that are lost, in English. */
export const depthWords = {
  never:
    '{format} has 8 bits a sample, and the photo has more: smooth places are dithered. PNG and TIFF keep them.',
  tooLarge:
    'Too large for an {format} of more than 8 bits a sample: it gets 8. PNG and TIFF keep the photo’s.',
} as const;
