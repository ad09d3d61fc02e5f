import { en } from './en';
import { fillHoles, live, speak, type Holes, type Text } from './speak';

/** The name of a phrase. */
export type Phrase = keyof typeof en;

/** The name of a phrase that needs no fillings. */
export type FixedPhrase = {
  [Key in Phrase]: [Holes<(typeof en)[Key]>] extends [never] ? Key : never;
}[Phrase];

/** The name of a phrase all of whose holes are among some. */
export type PhraseWith<Hole extends string> = {
  [Key in Phrase]: Holes<(typeof en)[Key]> extends Hole ? Key : never;
}[Phrase];

const words: Readonly<Record<Phrase, Text>> = live('main', en);

/** A phrase in the page's language; see {@link speak}. */
export const t = speak('main', en);

/**
 * A phrase that a table names, in the page's language.
 *
 * @param key Which phrase.
 * @param values A value for each hole that it may have.
 * @returns The text, ready to show.
 */
export function fill<Hole extends string>(
  key: PhraseWith<Hole>,
  values: Readonly<Record<Hole, string | number>>,
): string {
  return fillHoles(words[key], values);
}
