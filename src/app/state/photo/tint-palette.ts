/** Colours to paint with, by what they are of; names of phrases of `tintWords`. What counts is their hue and saturation. */
export const palette = [
  {
    name: 'skin',
    colours: [
      { name: 'fair', colour: '#e8bca0' },
      { name: 'porcelain', colour: '#f0d0c0' },
      { name: 'olive', colour: '#c89b70' },
      { name: 'tan', colour: '#b07d58' },
      { name: 'brown', colour: '#80543e' },
      { name: 'deep', colour: '#57382c' },
      { name: 'cheeks', colour: '#dc988a' },
      { name: 'lips', colour: '#b4605c' },
    ],
  },
  {
    name: 'hair',
    colours: [
      { name: 'blond', colour: '#c8a670' },
      { name: 'auburn', colour: '#86482e' },
      { name: 'chestnut', colour: '#664430' },
      { name: 'darkBrown', colour: '#3e2c23' },
    ],
  },
  {
    name: 'sky',
    colours: [
      { name: 'clearSky', colour: '#86b2de' },
      { name: 'haze', colour: '#b9c9d8' },
      { name: 'evening', colour: '#e0a684' },
      { name: 'sea', colour: '#4e8094' },
      { name: 'lake', colour: '#5e8078' },
    ],
  },
  {
    name: 'foliage',
    colours: [
      { name: 'spring', colour: '#92ac52' },
      { name: 'meadow', colour: '#7a9248' },
      { name: 'leaves', colour: '#587840' },
      { name: 'fir', colour: '#405a46' },
      { name: 'straw', colour: '#c6ac6c' },
    ],
  },
  {
    name: 'earth',
    colours: [
      { name: 'sand', colour: '#d0ba92' },
      { name: 'umber', colour: '#7c6044' },
      { name: 'brick', colour: '#a25a44' },
      { name: 'slate', colour: '#6c7682' },
      { name: 'limestone', colour: '#b0a48e' },
    ],
  },
  {
    name: 'wood',
    colours: [
      { name: 'pine', colour: '#c69c68' },
      { name: 'oak', colour: '#9e7446' },
      { name: 'walnut', colour: '#664630' },
      { name: 'mahogany', colour: '#6c3626' },
      { name: 'brass', colour: '#b2944e' },
    ],
  },
  {
    name: 'cloth',
    colours: [
      { name: 'khaki', colour: '#9a8a62' },
      { name: 'oliveDrab', colour: '#6a6840' },
      { name: 'fieldGrey', colour: '#6c7666' },
      { name: 'navy', colour: '#32405e' },
      { name: 'airForce', colour: '#5e738e' },
      { name: 'denim', colour: '#54709a' },
      { name: 'scarlet', colour: '#ae4036' },
      { name: 'burgundy', colour: '#6a2e3a' },
      { name: 'linen', colour: '#e0d4ba' },
    ],
  },
] as const;
