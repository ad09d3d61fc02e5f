import { speak } from './speak';

/** The words of the review, in English. They come with it, and not with the page's other words. */
export const enReview = {
  name: 'Invented detail',
  empty: 'No invented detail to check.',
  busy: 'Comparing with the original…',
  failed: 'It could not be compared: {reason}',
  hint: 'Places that show what the original does not. It is a guess: look at each.',
  drift: 'Colours have drifted by {percent} %.',
  noDrift: 'Colours are the original’s.',
  found: {
    one: 'One place with invented detail.',
    other: '{count} places with invented detail. N leads to the next.',
  },
  text: 'Text-like',
  skin: 'Skin-like',
  other: 'Texture',
  place: '{number} of {count}: {looks}, {width} × {height}',
  go: 'Show place {number}',
  restore: 'Restore original here',
  restored: 'The original is back at place {number}.',
} as const;

/** A phrase of the review, in the page's language. */
export const r = speak('review', enReview);
