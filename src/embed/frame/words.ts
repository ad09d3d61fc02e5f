import { en } from '../../app/i18n/en';
import { enFrame } from '../../app/i18n/en-frame';
import { speak } from '../../app/i18n/speak';

/** A phrase in the frame's language: of the page's words, or of its own. */
export const t = speak('frame', { ...en, ...enFrame });
