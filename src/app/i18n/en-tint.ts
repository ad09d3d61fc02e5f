import { live } from './speak';

/** The words of painted colours, in English. They come with it, and not with the page's other words. */
export const enTint = {
  group: 'Tint',
  guess: 'Colours are a guess, not history.',
  empty: 'Choose a colour and draw a short line on what has it: it spreads up to the edges.',
  paints: 'Colour to paint with',
  own: 'Own colour',
  none: 'No colour',
  noneHint: 'What is painted stays grey',
  eraser: 'Eraser',
  eraserHint: 'Takes strokes away',
  chosen: 'Colour: {name}',
  size: 'Size',
  clear: 'Clear strokes',
  tip: 'Tint: arrow keys move it, Space paints',
  painted: 'Painted here.',
  held: 'Stays grey here.',
  erased: 'Erased here.',
  cleared: 'No strokes are left.',
  full: 'No more strokes fit in. Erase some first.',
  groups: {
    skin: 'Skin',
    hair: 'Hair',
    sky: 'Sky and water',
    foliage: 'Foliage',
    earth: 'Earth and stone',
    wood: 'Wood and brass',
    cloth: 'Cloth and uniforms',
  },
  colours: {
    ...{ fair: 'Fair skin', porcelain: 'Porcelain skin', olive: 'Olive skin', tan: 'Tanned skin' },
    ...{ brown: 'Brown skin', deep: 'Deep brown skin', cheeks: 'Rose of cheeks', lips: 'Lips' },
    ...{ blond: 'Blond', auburn: 'Auburn', chestnut: 'Chestnut', darkBrown: 'Dark brown' },
    ...{ clearSky: 'Clear sky', haze: 'Haze', evening: 'Evening glow', sea: 'Sea', lake: 'Lake' },
    ...{ spring: 'Spring green', meadow: 'Meadow', leaves: 'Leaves', fir: 'Fir', straw: 'Straw' },
    ...{ sand: 'Sand', umber: 'Umber', brick: 'Brick', slate: 'Slate', limestone: 'Limestone' },
    ...{ pine: 'Pine', oak: 'Oak', walnut: 'Walnut', mahogany: 'Mahogany', brass: 'Brass' },
    ...{ khaki: 'Khaki', oliveDrab: 'Olive drab', fieldGrey: 'Field grey', navy: 'Navy blue' },
    ...{ airForce: 'Air force blue', denim: 'Denim', scarlet: 'Scarlet', burgundy: 'Burgundy' },
    linen: 'Linen',
  },
} as const;

/** The same in the page's language. */
export const tintWords = live('tint', enTint);
