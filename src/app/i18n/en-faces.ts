import { speak } from './speak';

/** The words of the faces, in English. They come with them, and not with the page's other words. */
export const enFaces = {
  name: 'Faces',
  find: 'Find faces',
  findHint: 'Each may then stay closer to the original. No face is recognised, compared or kept.',
  looking: 'Looking for faces…',
  none: 'No faces were found.',
  found: {
    one: 'One face was found. It stays closer to the original.',
    other: '{count} faces were found. They stay closer to the original.',
  },
  gentle: 'Face {number}: gentler',
  amount: 'Strength in face {number}',
  hint: 'In parts of Strength, and of Sharpen: less keeps more of the face, and of its grain.',
  failed: 'Faces could not be looked for: {reason}',
} as const;

/** A phrase of the faces, in the page's language. */
export const faceWord = speak('faces', enFaces);
