import { live } from './speak';

/** The words of the brush, in English. They come with it, and not with the page's other words. */
export const enBrush = {
  group: 'Only here',
  empty: 'Paint where the effect should stay.',
  emptyProtect: 'Paint what should stay as it was.',
  paints: 'Brush',
  apply: 'Apply',
  protect: 'Protect',
  applyHint: 'What is painted gets the effect',
  protectHint: 'What is painted stays as it was',
  size: 'Size',
  softness: 'Softness',
  flow: 'Flow',
  invert: 'Invert',
  clear: 'Clear',
  starts: 'Find by itself',
  start: {
    smooth: 'Smooth areas',
    edges: 'Edges',
    text: 'Text-like',
    skin: 'Skin-like',
    shadows: 'Shadows',
  },
  startsHint: 'A beginning, by what it looks like: paint on it.',
  tip: 'Brush: arrow keys move it, Space paints',
  applied: 'Applied here.',
  protected: 'Protected here.',
  cleared: 'The effect is everywhere again.',
} as const;

/** The same in the page's language. */
export const brushWords = live('brush', enBrush);
