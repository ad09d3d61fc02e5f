import { speak } from './speak';

/** The words of the history, in English. They come with its list, and not with the page's other words. */
export const enHistory = {
  title: 'History',
  opened: 'As opened',
  reset: 'Reset all',
  allBack: 'Everything is as it was when the photo was opened.',
  now: 'Back at: {step}.',
  fromTo: '{name} from {from} to {to}',
  separator: ', ',
  more: '{changes}, and {count} more',
  other: 'Settings changed',
  size: 'Size',
  crop: 'Crop',
  cropped: '{width} × {height} at {x}, {y}',
  uncropped: 'whole photo',
  straightened: 'Straighten',
  turned: 'Turn',
  degrees: '{degrees}°',
  flipped: 'Flip',
  seamless: 'Edges that fit',
  mask: 'Only here',
  everywhere: 'everywhere',
  painted: 'painted',
  paintedMore: 'Only here: painted further',
  tint: 'Tint',
  tinted: 'painted',
  untinted: 'nothing',
  tintedMore: 'Tint: painted further',
  faces: 'Faces',
  faceless: 'none',
  damage: 'Damage',
  marked: 'marked',
  unmarked: 'not marked',
  markedMore: 'Damage: marked further',
  on: 'on',
  off: 'off',
} as const;

/** A phrase of the history, in the page's language. */
export const h = speak('history', enHistory);
