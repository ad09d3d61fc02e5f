import { live, speak } from './speak';
import { t } from './translate';

/** The words of marking damage, in English. They come with it, and not with the page's other words. */
export const enDamage = {
  find: 'Find damage',
  findHint: 'Looks for scratches, dust and stains, and marks them on the picture',
  looking: 'Looking for damage…',
  none: 'No damage was found. Paint over what you see.',
  mark: 'Mark damage',
  markHint: 'Paint on the picture what is to be healed',
  empty: 'Nothing is marked yet: paint over scratches, dust and stains.',
  paints: 'Marker',
  damaged: 'Damaged',
  damagedHint: 'What is painted is healed',
  sound: 'Not damaged',
  soundHint: 'What is painted stays as it is',
  size: 'Size',
  clear: 'Clear marks',
  tip: 'Marker: arrow keys move it, Space paints',
  marked: 'Marked as damaged.',
  unmarked: 'No longer marked.',
  cleared: 'Nothing is marked any more.',
  share:
    '{percent} of the picture is marked. Look at the marks: what only looks like damage can be painted out.',
} as const;

/** The same in the page's language. */
export const damageWords = live('damage', enDamage);

const say = speak('damage', enDamage);

/**
 * What a search has found.
 *
 * @param share How much of the picture is marked, 0..1.
 * @returns A sentence or two.
 */
export function sayMarked(share: number): string {
  if (share === 0) return damageWords.none;
  const percent = Math.max(0.1, Math.round(share * 1000) / 10);
  return say('share', { percent: t('percent', { percent }) });
}
