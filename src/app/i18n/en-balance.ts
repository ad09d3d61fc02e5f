import { speak } from './speak';

/** The words of a white balance that is estimated, or picked by keys, in English. They come with its fields. */
export const enBalance = {
  auto: 'Auto balance',
  autoHint:
    'Makes gray what looks gray under the light of the picture. Check it: an evening may be meant to be warm.',
  bluish: 'Looks bluish: a warmer balance is suggested.',
  yellowish: 'Looks yellowish: a cooler balance is suggested.',
  greenish: 'Looks greenish: more magenta is suggested.',
  pinkish: 'Looks pinkish: more green is suggested.',
  balanced: 'Balanced by an estimate of the light. Check it on something gray.',
  unknown: 'There is too little to balance by. Pick a neutral point instead.',
  tip: 'Neutral point: arrow keys move it, Enter picks',
} as const;

/** A phrase of a white balance, in the page's language. */
export const balanceWord = speak('balance', enBalance);
