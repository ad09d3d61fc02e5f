import { en } from './en';

/** The name of a phrase. */
export type Phrase = keyof typeof en;

/** A language's table: every phrase, with the same holes as the English one. */
export type Words = Readonly<Record<Phrase, string>>;

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

/** The name of a phrase that needs no fillings. */
export type FixedPhrase = {
  [Key in Phrase]: [Holes<(typeof en)[Key]>] extends [never] ? Key : never;
}[Phrase];

type Fillings<Key extends Phrase> = [Holes<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Holes<(typeof en)[Key]>, string | number>>];

const words: Words = en;

/**
 * A phrase in the page's language.
 *
 * @param key Which phrase.
 * @param fillings A value for each `{hole}` of the phrase; none where it has no hole.
 * @returns The text, ready to show.
 */
export function t<Key extends Phrase>(key: Key, ...fillings: Fillings<Key>): string {
  const values: Readonly<Record<string, string | number>> = fillings[0] ?? {};
  return words[key].replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole]));
}
