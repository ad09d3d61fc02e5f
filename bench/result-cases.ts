import type { EnhanceOptions, RecipeV1 } from '../src/sdk/enlarger';

/** What is done to a photo of `result-photos.ts`. */
export type ResultCase = {
  readonly name: string;
  /** Public and plain, so that they outlive a change inside. */
  readonly options: Omit<EnhanceOptions, 'signal' | 'onProgress'>;
  /** What is compared: a picture's size and RGBA, or the very bytes of the file. */
  readonly of: 'pixels' | 'file';
};

/** A photo with all that is done to it, so that it is opened once. */
export type PhotoCases = { readonly photo: string; readonly cases: readonly ResultCase[] };

/** A case of the page, whose tiles may be forced to be small; a PNG, at a strength in percent. */
export type PageCase = {
  readonly photo: string;
  readonly recipe: RecipeV1;
  readonly strength: number;
};

type Scale = RecipeV1['scale'];
type Work = Partial<Pick<RecipeV1, 'clean' | 'deblur' | 'variant' | 'tier'>>;

/** Of a tier that is named: a faster machine, or one that has less to do, would take another. */
const recipe = (scale: Scale, work: Work = {}): RecipeV1 => ({
  v: 1,
  scale,
  variant: 'faithful',
  tier: 'fast',
  ...work,
});

/** A name that tells one recipe from another. */
function describe({ scale, variant, tier, clean, deblur }: RecipeV1): string {
  const parts = [
    ...(clean ? [`noise ${clean.noise}, jpeg ${clean.jpeg}`] : []),
    ...(deblur === undefined ? [] : [`deblur ${deblur}`]),
    `${scale}x${variant === 'crisp' ? ' crisp' : ''}${tier === 'quality' ? ', best' : ''}`,
  ];
  return parts.join(', ');
}

/** One recipe at some strengths in percent, saved as PNG. */
function at(scale: Scale, work: Work = {}, strengths: readonly number[] = [100]): ResultCase[] {
  const wanted = recipe(scale, work);
  return strengths.map((strength) => ({
    name: `${describe(wanted)}${strength === 100 ? '' : `, strength ${strength}`}`,
    options: { recipe: wanted, format: 'png', strength: strength / 100 },
    of: 'pixels',
  }));
}

/** What the photo suggests by itself. */
const suggested = (...scales: readonly Scale[]): ResultCase[] =>
  scales.map((scale) => ({
    name: `suggested, ${scale}x`,
    options: { scale, format: 'png' },
    of: 'pixels',
  }));

/** The bytes that a format and a quality give of a scale. */
const file = (scale: Scale, format: 'png' | 'jpeg' | 'webp', quality: number): ResultCase => ({
  name: `${scale}x as ${format}, quality ${quality}`,
  options: { recipe: recipe(scale), format, quality },
  of: 'file',
});

const crisp = { variant: 'crisp' } as const;
const best = { variant: 'crisp', tier: 'quality' } as const;
const noise = { clean: { noise: 35, jpeg: 0 } };
const jpeg = { clean: { noise: 0, jpeg: 60 } };
const both = { clean: { noise: 20, jpeg: 40 } };

/** How all eight EXIF orientations are written, and every other file that opens, or does not. */
const files = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((turn) =>
    ['jpg', 'png', 'webp'].map((ending) => `orientation-${turn}.${ending}`),
  ),
  ...['alpha-lossless.webp', 'alpha-lossy.webp', 'alpha.png', 'animated.gif', 'animated.png'],
  ...['animated.webp', 'cmyk.jpg', 'cut.jpg', 'cut.png', 'cut.webp', 'empty.jpg'],
  ...['gray-alpha.png', 'gray.jpg', 'gray.png', 'huge-header.png', 'interlaced.png'],
  ...['lossless.webp', 'lossy.webp', 'one.jpg', 'one.png', 'opaque-rgba.png'],
  ...['palette-alpha.png', 'palette.png', 'profile-alpha.png', 'profile.jpg', 'progressive.jpg'],
  ...['rgb.png', 'rgb16.png', 'rgba16.png', 'still.gif', 'text.jpg', 'trailer.jpg', 'turned.png'],
  'waves.png',
];

/** Those files that are enlarged as well. */
const enlarged = new Set([
  ...['alpha-lossy.webp', 'alpha.png', 'cut.jpg', 'gray-alpha.png', 'gray.jpg', 'gray.png'],
  ...['one.png', 'orientation-6.jpg', 'orientation-8.webp', 'palette-alpha.png', 'palette.png'],
  ...['rgb16.png', 'rgba16.png', 'turned.png', 'waves.png'],
]);

/** What the package `enlarger` does, in the order of work. */
export const sdkCases: readonly PhotoCases[] = [
  ...files.map((photo) => ({
    photo,
    cases: [
      ...at(1),
      ...(enlarged.has(photo) ? at(2) : []),
      ...(photo.endsWith('.jpg') ? suggested(1) : []),
    ],
  })),
  // 40000 pixels in a row: not as PNG, which fast-png fails to read.
  { photo: 'wide.png', cases: [file(1, 'jpeg', 90)] },
  {
    photo: 'leaves',
    cases: [
      ...[...at(1), ...at(2, {}, [0, 50, 100]), ...at(4, {}, [0, 50, 100])],
      ...[...at(2, crisp, [50, 100]), ...at(4, crisp), ...suggested(1, 2, 4)],
      ...[...at(1, { deblur: 100 }), file(2, 'png', 90), file(2, 'jpeg', 90)],
      ...[file(2, 'jpeg', 40), file(2, 'webp', 90), file(2, 'webp', 40)],
    ],
  },
  {
    photo: 'grainy',
    cases: [
      ...[...at(1, noise, [50, 100]), ...at(1, jpeg, [50, 100]), ...at(1, both)],
      ...[...at(2, noise), ...at(2, jpeg), ...at(2, both, [0, 50, 100]), ...at(4, both)],
      ...[...at(2, { ...both, ...crisp }), ...suggested(1, 2, 4)],
    ],
  },
  {
    photo: 'soft',
    cases: [
      ...[...at(1), ...at(1, { deblur: 100 }, [0, 50, 100]), ...at(1, { deblur: 50 }, [50, 100])],
      ...[...at(2, { deblur: 70 }), ...at(4, { ...both, deblur: 100, ...crisp })],
      ...suggested(1, 2, 4),
    ],
  },
  {
    photo: 'veil',
    cases: [
      ...[...at(1), ...at(2, {}, [0, 50, 100]), ...at(4, crisp), ...at(1, both, [50, 100])],
      ...[...at(2, both), ...at(1, { deblur: 50 }, [50, 100]), ...suggested(2)],
      ...[file(2, 'png', 90), file(2, 'jpeg', 90), file(2, 'webp', 90)],
    ],
  },
  {
    photo: 'flat',
    cases: [
      ...at(2),
      ...at(4, crisp),
      ...at(4, best),
      ...at(1, both),
      ...at(1, { deblur: 100 }),
      ...suggested(2),
    ],
  },
  {
    photo: 'page',
    cases: [...at(2, {}, [50, 100]), ...at(1, noise), ...at(2, { ...jpeg, ...crisp })],
  },
  {
    photo: 'shaken',
    cases: [
      ...[...at(1, { deblur: 100 }, [50, 100]), ...at(1, { deblur: 50 })],
      ...[...at(2, { ...noise, deblur: 100 }), ...at(2, { deblur: 50, ...crisp }), ...suggested(2)],
    ],
  },
  { photo: 'shaken-wide', cases: at(1, { deblur: 100 }) },
];

/** What the page does in tiles of {@link pageTile}. */
export const pageCases: readonly PageCase[] = [
  { photo: 'leaves', recipe: recipe(2), strength: 100 },
  { photo: 'leaves', recipe: recipe(4, crisp), strength: 50 },
  { photo: 'soft', recipe: recipe(1, { deblur: 50 }), strength: 100 },
  { photo: 'grainy', recipe: recipe(2, both), strength: 100 },
  { photo: 'veil', recipe: recipe(2, { ...noise, deblur: 100 }), strength: 50 },
];

/** Side of the page's tiles, in pixels of a step's input. */
export const pageTile = 48;

/**
 * Names a case of the page.
 *
 * @param one The case.
 * @returns A name that no other case has.
 */
export function namePageCase({ photo, recipe: wanted, strength }: PageCase): string {
  return `${photo}: ${describe(wanted)}, strength ${strength}, in the page, tiles of ${pageTile}`;
}
