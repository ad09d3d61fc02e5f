import { asShown, currentLanguage, currentLocale, currentTable } from './language.svelte';
import { bindWords } from './line-breaks';

/** A phrase that depends on a number, its hole `{count}`: one for each category of the language (`Intl.PluralRules`). */
export type Plural = { readonly [Category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/** What a table holds. */
export type Text = string | Plural;

/** The names of the holes of a phrase. */
export type Holes<Value> = Value extends string
  ? Value extends `${string}{${infer Hole}}${infer Rest}`
    ? Hole | Holes<Rest>
    : never
  : Value extends { readonly other: infer Other }
    ? Holes<Other> | 'count'
    : never;

type Fillings<Value> = [Holes<Value>] extends [never]
  ? []
  : [values: Readonly<Record<Holes<Value>, string | number>>];

/** A table in another language: the same names, nested as in English. */
export type Translation<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends string
    ? string
    : Table[Key] extends Plural
      ? Plural
      : Translation<Table[Key]>;
};

/**
 * A table in whatever language the page speaks: each look-up reads reactive state.
 *
 * @param part Its name among the tables of other languages (`parts.ts`).
 * @param english Its words in English, which stand in for a table that has not arrived.
 * @returns Looks like the table.
 */
export function live<Table extends object>(part: string, english: Table): Translation<Table> {
  const look = (_: Table, key: string | symbol): unknown => {
    const table = currentTable(part);
    return table ? Reflect.get(table, key) : asShown(Reflect.get(english, key));
  };
  // Names are the same in every language, so the English table can answer for which there are.
  return new Proxy(english, { get: look }) as Translation<Table>;
}

/**
 * Gives a table a voice.
 *
 * @param part As {@link live} has it.
 * @param english Phrases by their names.
 * @returns A function that takes the name of a phrase, and a value for each `{hole}` of the phrase, and gives the
 *   text in the page's language, ready to show.
 */
export function speak<const Table extends Readonly<Record<string, Text>>>(
  part: string,
  english: Table,
) {
  const texts = live(part, english) as Readonly<Record<keyof Table, Text>>;
  return <Key extends keyof Table>(key: Key, ...fillings: Fillings<Table[Key]>): string =>
    fillHoles(texts[key], fillings[0] ?? {});
}

/**
 * Fills the holes of a phrase.
 *
 * @param phrase With its holes.
 * @param values A value for each hole; a number is written as the language does, without groups.
 * @returns The text, ready to show.
 */
export function fillHoles(phrase: Text, values: Readonly<Record<string, string | number>>): string {
  const pattern =
    typeof phrase === 'string' ? phrase : choosePlural(phrase, Number(values['count']));
  const text = pattern.replace(/\{(\w+)\}/g, (_, hole: string) => {
    const value = values[hole];
    return typeof value === 'number' ? formatNumber(value) : String(value);
  });
  return bindWords(text, currentLanguage());
}

/**
 * A number as the page's language writes it.
 *
 * @param value The number.
 * @param digits How many behind the point; by default as many as it has.
 * @returns Its digits, without groups.
 */
export function formatNumber(value: number, digits?: number): string {
  const format = new Intl.NumberFormat(currentLocale(), {
    useGrouping: false,
    minimumFractionDigits: digits ?? 0,
    maximumFractionDigits: digits ?? 20,
  });
  return format.format(value);
}

/**
 * What stands in the numbers of the page's language before their fraction.
 *
 * @returns A point, or a comma.
 */
export function decimalSign(): '.' | ',' {
  return formatNumber(0.5).includes(',') ? ',' : '.';
}

function choosePlural(plural: Plural, count: number): string {
  return plural[new Intl.PluralRules(currentLocale()).select(count)] ?? plural.other;
}
