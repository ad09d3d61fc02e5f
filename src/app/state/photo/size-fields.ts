import type { Size } from '../../../core/picture/rect';
import { factorOf, targetSize, type TargetSize } from '../../../core/recipe/target-size';

/** Sheets of paper, in centimetres: the shorter side, the longer side (ISO 216; photo sizes of 2:3 and 4:5). */
export const papers = [
  ['10 × 15 cm', 10, 15],
  ['13 × 18 cm', 13, 18],
  ['20 × 30 cm', 20, 30],
  ['8 × 10 in', 20.32, 25.4],
  ['A4', 21, 29.7],
  ['A3', 29.7, 42],
  ['A2', 42, 59.4],
] as const;

/** What is shown of a size that can be asked for in many ways. */
export type SizeReading = Size & {
  readonly factor: number;
  readonly megapixels: number;
  readonly print: { readonly width: number; readonly unit: 'cm' | 'inch'; readonly dpi: number };
};

const centimetresAnInch = 2.54;

/** What prints are usually made at. */
const usualDpi = 300;

/**
 * One size, in every way that it can be told.
 *
 * @param target What is asked for; undefined for the photo times `scale`.
 * @param photo The photo's size.
 * @param scale By how much the recipe enlarges.
 * @returns The numbers, rounded as people write them.
 */
export function readSize(target: TargetSize | undefined, photo: Size, scale: number): SizeReading {
  const wanted = target ?? { by: 'factor', factor: scale };
  const { width, height } = targetSize(wanted, photo);
  const { unit, dpi } = wanted.by === 'print' ? wanted : ({ unit: 'cm', dpi: usualDpi } as const);
  const inches = width / dpi;
  const length = unit === 'inch' ? inches : inches * centimetresAnInch;
  return {
    ...{ width, height },
    factor: round(factorOf(wanted, photo), 2),
    megapixels: round((width * height) / 1e6, 1) || round((width * height) / 1e6, 3),
    print: { width: wanted.by === 'print' ? wanted.width : round(length, 1), unit, dpi },
  };
}

/**
 * The widest print of a photo that a sheet holds, lying or standing as the photo does.
 *
 * @param photo The photo's size.
 * @param paper The sheet's sides in centimetres.
 * @param paper.0 Its name.
 * @param paper.1 The shorter side.
 * @param paper.2 The longer side.
 * @returns The print's width in centimetres.
 */
export function fitOnPaper(
  photo: Size,
  [, shorter, longer]: readonly [string, number, number],
): number {
  const [across, down] = photo.width < photo.height ? [shorter, longer] : [longer, shorter];
  return round(Math.min(across, (down * photo.width) / photo.height), 2);
}

/**
 * A number that a person typed.
 *
 * @param text With a point or a comma.
 * @returns The number; null where it is none, or not above 0.
 */
export function readNumber(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return Number.isFinite(value) && value > 0 ? value : null;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
