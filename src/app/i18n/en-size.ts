import { live } from './speak';

/** The words of the fields of a size, in English. They come with these, and not with the page's other words. */
export const enSize = {
  factor: 'Times as wide',
  width: 'Width',
  height: 'Height',
  longer: 'Longer side',
  shorter: 'Shorter side',
  megapixels: 'Megapixels',
  printWidth: 'Print width',
  unit: 'Unit',
  cm: 'cm',
  inch: 'inch',
  dpi: 'Dots per inch',
  paper: 'Paper',
  choosePaper: 'Choose…',
  wrong: 'That is no size that can be made: nothing was changed.',
} as const;

/** The same in the page's language. */
export const sizeWords = live('size', enSize);
