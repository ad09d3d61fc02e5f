import { formats, type PhotoFormat, type SavedFormat } from '../../../core/format';
import { suggestScale } from '../../../core/findings/suggest';
import type { Size } from '../../../core/picture/rect';
import { savedSize } from '../../../core/recipe/fitting';
import type { PhotoSource } from '../../platform/photo-source';
import { formatOf, type SaveChoice } from '../photo/save-choice';
import type { Fit } from './fit';

/** Bytes a pixel of files as cameras and people write them: all that a file's length says of its sides before it is read. */
const photoBytes: Readonly<Record<PhotoFormat, number>> = {
  ...{ jpeg: 0.4, webp: 0.25, avif: 0.2, heic: 0.2, jxl: 0.25 },
  ...{ png: 1.7, tiff: 3, gif: 0.6, bmp: 3 },
};

/**
 * Bytes a pixel of results of 8 bits that were enlarged twice, the lossy ones at quality 90: means of six photos in JPEG, two in
 * PNG and WebP, at 640 x 480; AVIF was not measured, and is taken for WebP. Fine grain takes twice that, a clear sky half.
 */
const resultBytes: Readonly<Record<SavedFormat, number>> = {
  ...{ jpeg: 0.2, webp: 0.14, avif: 0.14, png: 1.2, tiff: 3 },
};

/** What of a file tells how long its result may be. */
export type KnownFile = Pick<PhotoSource, 'path' | 'bytes'>;

/**
 * About how long the file of a photo's result will be, before anything of the photo was read.
 *
 * @param file The photo's.
 * @param fit What is asked for of it.
 * @param choice How the result is written.
 * @returns Bytes; right within a factor of two or three for one photo, and better for a folder of them.
 */
export function guessResultBytes(file: KnownFile, fit: Fit, choice: SaveChoice): number {
  const format = formatByName(file.path);
  const pixels = file.bytes / photoBytes[format];
  const height = Math.max(1, Math.round(Math.sqrt(pixels / 1.5)));
  const sides = { width: Math.max(1, Math.round(pixels / height)), height };
  const { width, height: rows } = sizeAsked(sides, fit);
  const isLossless = !formats[format].lossy;
  const photo = { format, hasAlpha: false, isLossless, depth: 8 } as const;
  const written = formatOf(choice, photo, { width, height: rows });
  const isDeep = choice.chosenDepth === 16 && formats[written].carries.depth === 16;
  const isExact = written === 'webp' && (choice.chosenLossless ?? isLossless);
  const density = isExact ? 0.7 * resultBytes.png : resultBytes[written];
  const share = formats[written].lossy && !isExact ? shareOf(choice.quality) : 1;
  return width * rows * density * share * (isDeep && !formats[written].lossy ? 2 : 1);
}

/**
 * The ending that a photo's result will have, as far as its name tells.
 *
 * @param path Its file's.
 * @param choice How the result is written.
 * @returns Without a dot.
 */
export function guessEnding(path: string, choice: SaveChoice): string {
  const format = formatByName(path);
  const photo = { format, hasAlpha: false, isLossless: !formats[format].lossy, depth: 8 } as const;
  return formats[formatOf(choice, photo, { width: 1, height: 1 })].extensions[0];
}

/** How long a lossy file is beside one of quality 90: 0.62 at 75 and 1.75 at 97, measured on two photos in JPEG. */
function shareOf(quality: number): number {
  return 2 ** ((quality - 90) / (quality > 90 ? 9 : 21));
}

/** A result whose length is known. */
export type KnownResult = { readonly guessed: number; readonly bytes: number };

/**
 * About how long the files of results will be.
 *
 * @param guesses What was guessed of each of them.
 * @param known Results of the same kind whose lengths are known: by as much as these were guessed wrongly, so are the others.
 * @returns Bytes of all.
 */
export function sumResultBytes(
  guesses: readonly number[],
  known: readonly KnownResult[] = [],
): number {
  const sum = guesses.reduce((all, guess) => all + guess, 0);
  const guessed = known.reduce((all, each) => all + each.guessed, 0);
  const bytes = known.reduce((all, each) => all + each.bytes, 0);
  return guessed > 0 ? sum * (bytes / guessed) : sum;
}

/**
 * About how large a result will be.
 *
 * @param sides Size of the photo, or of a clip's pictures.
 * @param fit What is asked for of it.
 * @returns In pixels.
 */
export function sizeAsked(sides: Size, fit: Fit): Size {
  if (fit.by === 'recipe') return savedSize(fit.recipe, sides);
  const scale = suggestScale(sides);
  return { width: sides.width * scale, height: sides.height * scale };
}

function formatByName(path: string): PhotoFormat {
  const ending = /\.([^.]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const all = Object.entries<{ readonly extensions: readonly string[] }>(formats);
  const [format = 'jpeg'] = all.find(([, { extensions }]) => extensions.includes(ending)) ?? [];
  return format as PhotoFormat;
}
