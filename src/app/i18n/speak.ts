/** The names of the holes of a phrase. */
export type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

type Fillings<Text extends string> = [Holes<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Holes<Text>, string | number>>];

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

/**
 * Fills the holes of a phrase.
 *
 * @param text The phrase.
 * @param values A value for each hole.
 * @returns The text, ready to show.
 */
export function fillHoles(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole]));
}
