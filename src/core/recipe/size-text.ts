import { optionValidator as check } from '../validator';
import { parseTarget } from './target-parsing';
import type { TargetSize } from './target-size';

/** What stands behind the number. */
const units = {
  x: (factor) => ({ by: 'factor', factor }),
  w: (pixels) => ({ by: 'width', pixels }),
  h: (pixels) => ({ by: 'height', pixels }),
  long: (pixels) => ({ by: 'longer', pixels }),
  short: (pixels) => ({ by: 'shorter', pixels }),
  mp: (megapixels) => ({ by: 'megapixels', megapixels }),
  cm: (width) => ({ by: 'print', width, unit: 'cm' }),
  in: (width) => ({ by: 'print', width, unit: 'inch' }),
} as const satisfies Record<string, (value: number) => object>;

/**
 * Reads a target size as people put it into an address: `1.5x`, `3000w`, `2000h`, `4000long`, `2000short`, `24mp`, or a
 * print's width, `30cm` or `12in`, at 300 dots per inch or, `30cm@240`, others.
 *
 * @param text The text, of any case.
 * @param path Where it stands, for the message.
 * @returns The target.
 * @throws {EnhanceError} `option-wrong` where it is none, or out of range.
 */
export function readSizeText(text: string, path: string): TargetSize {
  const found = /^(\d+(?:\.\d+)?)(x|w|h|long|short|mp|cm|in)(?:@(\d+))?$/.exec(text.toLowerCase());
  const [, value = '', unit = '', dpi] = found ?? [];
  const isPrint = unit === 'cm' || unit === 'in';
  if (!found || (dpi !== undefined && !isPrint))
    throw check.wrong(path, { names: Object.keys(units) });
  const target = units[unit as keyof typeof units](Number(value));
  return parseTarget({ ...target, ...(dpi !== undefined && { dpi: Number(dpi) }) }, path);
}
