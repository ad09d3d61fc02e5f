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

/** The name of a phrase all of whose holes are among some. */
export type PhraseWith<Hole extends string> = {
  [Key in Phrase]: Holes<(typeof en)[Key]> extends Hole ? Key : never;
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
  return fill<string>(key, fillings[0] ?? {});
}

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
  const given: Readonly<Record<string, string | number>> = values;
  return words[key].replace(/\{(\w+)\}/g, (_, hole: string) => String(given[hole]));
}
