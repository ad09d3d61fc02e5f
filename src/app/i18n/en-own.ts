import { speak } from './speak';

/** The words of models that people bring, in English. They come with the list of what is kept, and with the field. */
export const enOwn = {
  name: 'Your own models',
  add: 'Add a model',
  hint: 'Networks from elsewhere that enlarge or clean pictures: .onnx, .safetensors or .pth, or .param with its .bin. They stay on this device.',
  adding: 'Reading {name} and trying it out on this machine…',
  added: '{name} is added: choose it in the recipe, under Model.',
  described: '{models}: what {name} says of it is kept.',
  unclaimed:
    '{name} says nothing of a model that is here. Give it the name of the model’s file, or choose both together.',
  about: '{kind}, {scale}×, {bytes} bytes',
  planes1: 'Gray: it works on red, green and blue one by one. Transparency does not go through it.',
  planes3: 'Colour. Transparency does not go through it.',
  planes4:
    'Colour and transparency: here it is given opaque pictures, and transparency does not go through it.',
  licence: 'Licence',
  author: 'Author',
  title: 'Name',
  unknown: 'unknown',
  told: 'Licence: {licence}. Author: {author}.',
  edit: 'Edit {name}',
  keep: 'Keep',
  wide: 'It looks at more of a picture than one tile shows: edges of tiles may be seen.',
  model: 'Model',
  site: 'Of this site',
  missing: '{name}, not on this device',
  resampled: 'Enlarges {own}×; the result is then brought to {scale}×.',
  after: 'Apply it after enlarging',
  compare: 'Models to compare',
  stop: 'Stop adding',
} as const;

/** A phrase of models that people bring, in the page's language. */
export const ownWord = speak('own', enOwn);
