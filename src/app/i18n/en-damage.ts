/** The words of marking damage, in English. They come with it, and not with the page's other words. */
export const damageWords = {
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
} as const;
