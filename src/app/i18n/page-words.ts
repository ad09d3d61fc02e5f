import { enPage } from './en-page';
import { speak } from './speak';

/** A phrase of the page before a photo is opened, in its language; all others come later, see `translate.ts`. */
export const t = speak('page', enPage);
