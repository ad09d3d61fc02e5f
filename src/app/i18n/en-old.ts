import { speak } from './speak';

/** The words of mending old photos, in English. They come with the panel's pages, and not with the page's other words. */
export const enOld = {
  strength:
    '0 % leaves the networks out. What is healed, taken out or brought back stays at any strength.',
  frame: 'A scanned print: its frame was found.',
  frameAskew: 'A scanned print, {degrees}° askew: its frame was found.',
  useFrame: 'Use the found frame',
  useFrameHint: 'Crops to the print and straightens it',
  film: 'A colour negative, by its orange film.',
  usePositive: 'Show it as a positive',
  usePositiveHint: 'Turns light and dark round, and takes the film’s colour off',
  steps: 'Steps of Old photo',
  stepFrame: 'Frame',
  stepDamage: 'Damage',
  stepPattern: 'Pattern',
  stepColours: 'Faded colours',
  stepClean: 'Noise and JPEG',
  stepEnlarge: 'Enlargement',
  used: 'found, cropped',
  unused: 'found, not used',
  none: 'none found',
  off: 'found, off',
  on: 'found',
  asked: 'not found, asked for',
  looking: 'being looked for…',
  marked: '{percent} % marked',
  perhaps: '{percent} % perhaps: not healed unasked',
  amounts: 'noise {noise} %, JPEG {jpeg} %',
  nothing: 'nothing to clean',
  crisp: '{scale}×, crisp, at {strength} %',
  faithful: '{scale}×, at {strength} %',
  same: 'same size',
  little:
    'The search has marked something, but it may be none of a print’s damage: it is not healed unasked. Heal damage shows it.',
} as const;

/** A phrase of mending old photos, in the page's language. */
export const oldWord = speak('old', enOld);
