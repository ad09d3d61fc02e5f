/** The words of an estimated size, in English. They come with it, and not with the page's other words. */
export const estimateWords = {
  about: '{format}, about {size}',
  pending: '{format}, its size is being estimated…',
} as const;
