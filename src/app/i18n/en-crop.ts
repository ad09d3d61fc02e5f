import { speak } from './speak';

/** The words of cropping, in English. They come with it, and not with the page's other words. */
export const enCrop = {
  title: 'Crop',
  shape: 'Shape',
  free: 'Free',
  original: 'Original',
  straighten: 'Straighten',
  degrees: '{degrees}°',
  left: 'Turn left',
  right: 'Turn right',
  flip: 'Flip',
  flipHint: 'Exchanges left and right',
  size: '{width} × {height}',
  done: 'Done',
  reset: 'Reset',
  isReset: 'The whole photo, as it was opened.',
  isWhole: 'The whole photo, {width} × {height}.',
  isDone: 'Cropped to {width} × {height}.',
  frame: 'Crop: arrow keys move it',
  edgeLeft: 'Left edge',
  edgeRight: 'Right edge',
  edgeTop: 'Upper edge',
  edgeBottom: 'Lower edge',
} as const;

/** A phrase of cropping, in the page's language. */
export const cropWord = speak('crop', enCrop);
