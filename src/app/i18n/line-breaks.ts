import type { Spoken } from './languages';

/** Keeps what stands on both sides of it on one line. */
const bound = '\u00a0';

/** What stays on the line of the number before it. */
const units = /(\d) (?=(?:[%×]|(?:[kKMG]B|[kMG]o|Mpx|MP|Mbit\/s|Mbps|dpi|min|h|s|Pixel)\b))/g;

/**
 * A text whose lines break only where its language breaks them: not between a number and its unit or sign, nor, in
 * French, before a double mark of punctuation or inside of guillemets, which the tables write with ordinary spaces.
 *
 * @param text Any text, holes filled.
 * @param language What it is written in. English is left as it stands: who steers the page by its words looks
 *   for ordinary spaces.
 * @returns The same, with other spaces.
 */
export function bindWords(text: string, language: Spoken): string {
  if (language === 'en' || language === 'ar-XB') return text;
  const whole = text.replace(units, `$1${bound}`).replace(/× (?=\d)/g, `×${bound}`);
  if (language !== 'fr') return whole;
  return whole.replace(/ (?=[:;?!»])/g, bound).replace(/« /g, `«${bound}`);
}
