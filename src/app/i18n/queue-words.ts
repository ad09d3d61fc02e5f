import { enQueue } from './en-queue';
import { speak } from './speak';

/** A phrase about many photos, in the page's language. */
export const t = speak('queue', enQueue);
