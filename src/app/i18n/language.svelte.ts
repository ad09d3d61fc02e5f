import type { Spoken } from './languages';

/** Tables of one language, by the name of their part; see `parts.ts`. */
export type Tables = Readonly<Partial<Record<string, object>>>;

/** What is spoken now. Whatever has read it is written anew when it changes. */
let spoken = $state.raw<{ readonly language: Spoken; readonly tables: Tables }>({
  language: 'en',
  tables: {},
});

/**
 * The page's language.
 *
 * @returns Reads reactive state.
 */
export function currentLanguage(): Spoken {
  return spoken.language;
}

/**
 * The same for `Intl`.
 *
 * @returns English is British here. Reads reactive state.
 */
export function currentLocale(): string {
  return spoken.language === 'en' ? 'en-GB' : spoken.language;
}

/**
 * A table in the page's language. Reads reactive state.
 *
 * @param part Which.
 * @returns Undefined for English, and where it has not arrived.
 */
export function currentTable(part: string): object | undefined {
  return spoken.tables[part];
}

/**
 * Makes the page speak a language.
 *
 * @param language Which.
 * @param tables What has arrived of it; what it lacks is said in English until {@link addTables}.
 */
export function setLanguage(language: Spoken, tables: Tables): void {
  spoken = { language, tables };
}

/**
 * More tables, which have come later.
 *
 * @param language Of which language; another than the page's is left alone.
 * @param tables By their parts.
 */
export function addTables(language: Spoken, tables: Tables): void {
  if (language === spoken.language) spoken = { language, tables: { ...spoken.tables, ...tables } };
}

/** What turns English words round, where the page is to be proved from right to left; see `pseudo.ts`. */
let turn: ((value: unknown) => unknown) | null = null;

/**
 * Makes English words pass through something; before {@link setLanguage}, which tells whoever has read them.
 *
 * @param turnAll What they pass through; null for nothing.
 */
export function setTurn(turnAll: typeof turn): void {
  turn = turnAll;
}

/**
 * A word or table of English where there is no other.
 *
 * @param value As the code has it.
 * @returns What is shown of it.
 */
export function asShown(value: unknown): unknown {
  return turn ? turn(value) : value;
}
