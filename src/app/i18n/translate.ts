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

type Fillings<Text extends string> = [Holes<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Holes<Text>, string | number>>];

const words: Words = en;

/**
 * Gives a table a voice.
 *
 * @param table Phrases by their names.
 * @returns A function that takes the name of a phrase, and a value for each `{hole}` of the phrase, and gives the
 *   text, ready to show.
 */
export function speak<const Table extends Readonly<Record<string, string>>>(table: Table) {
  const texts: Readonly<Record<keyof Table, string>> = table;
  return <Key extends keyof Table>(key: Key, ...fillings: Fillings<Table[Key]>): string =>
    fillHoles(texts[key], fillings[0] ?? {});
}

/** A phrase in the page's language; see {@link speak}. */
export const t = speak(en);

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

function fillHoles(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole]));
}
