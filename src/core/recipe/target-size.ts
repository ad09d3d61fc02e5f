import { scales, type Scale } from './kinds';

/** A picture's size in pixels. */
export type Sides = { readonly width: number; readonly height: number };

/** Sides that a target may be told by; the other one follows. */
export const targetSides = ['width', 'height', 'longer', 'shorter'] as const;

/** Units of length that a print may be told in. */
export const lengthUnits = ['cm', 'inch'] as const;

/** How large the saved picture is to be; the shape is the photo's. */
export type TargetSize =
  /** Times the photo's width and height. */
  | { readonly by: 'factor'; readonly factor: number }
  /** A side of so many pixels. */
  | { readonly by: (typeof targetSides)[number]; readonly pixels: number }
  | { readonly by: 'megapixels'; readonly megapixels: number }
  /** So wide on paper, at a density that the file says too. */
  | {
      readonly by: 'print';
      readonly width: number;
      readonly unit: (typeof lengthUnits)[number];
      readonly dpi: number;
    };

const centimetresAnInch = 2.54;

/** How much more than a network enlarges is left to the resampling: less than anybody sees. */
const mostLeftOver = 1.1;

/**
 * By how much a target enlarges.
 *
 * @param target The target.
 * @param photo The photo's size.
 * @returns Pixels of the saved picture for one of the photo, along each side, not rounded; below 1 where it is
 *   made smaller.
 */
export function factorOf(target: TargetSize, { width, height }: Sides): number {
  switch (target.by) {
    case 'factor':
      return target.factor;
    case 'width':
      return target.pixels / width;
    case 'height':
      return target.pixels / height;
    case 'longer':
      return target.pixels / Math.max(width, height);
    case 'shorter':
      return target.pixels / Math.min(width, height);
    case 'megapixels':
      return Math.sqrt((target.megapixels * 1e6) / (width * height));
    case 'print':
      return Math.round(inchesOf(target) * target.dpi) / width;
  }
}

function inchesOf({ width, unit }: Extract<TargetSize, { by: 'print' }>): number {
  return unit === 'inch' ? width : width / centimetresAnInch;
}

/**
 * The size that a target means.
 *
 * @param target The target.
 * @param photo The photo's size.
 * @returns Whole pixels, at least 1 x 1; the side that the target tells is exactly that.
 */
export function targetSize(target: TargetSize, photo: Sides): Sides {
  const factor = factorOf(target, photo);
  const side = (length: number) => Math.max(1, Math.round(length * factor));
  return { width: side(photo.width), height: side(photo.height) };
}

/**
 * The network scale that a size is reached by: the smallest that is not passed by much, and what is left is
 * resampled.
 *
 * @param factor By how much the photo is to be enlarged.
 * @returns The scale; the largest where none is enough.
 */
export function scaleFor(factor: number): Scale {
  return scales.find((scale) => factor <= scale * mostLeftOver) ?? scales.at(-1)!;
}
