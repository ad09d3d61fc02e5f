import type { Tables } from './language.svelte';
import type { OtherLanguage } from './languages';
import type { LanguagePart, LanguageParts } from './parts';

/** Imports a file of a language: each is a file of the build, so that nobody loads what is not spoken. */
type Loaders = {
  readonly [Part in LanguagePart]: () => Promise<{ readonly tables: LanguageParts[Part] }>;
};

const loaders: Readonly<Record<OtherLanguage, Loaders>> = {
  de: {
    page: () => import('./de/page'),
    desk: () => import('./de/desk'),
    guide: () => import('./de/guide'),
    frame: () => import('./de/frame'),
  },
};

/**
 * Loads a file of a language.
 *
 * @param language Which.
 * @param part Which of its files.
 * @returns Its tables.
 * @throws {TypeError} Where it cannot be fetched.
 */
export async function loadTables(language: OtherLanguage, part: LanguagePart): Promise<Tables> {
  return (await loaders[language][part]()).tables;
}
