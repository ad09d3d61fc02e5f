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
  fr: {
    page: () => import('./fr/page'),
    desk: () => import('./fr/desk'),
    guide: () => import('./fr/guide'),
    frame: () => import('./fr/frame'),
  },
  es: {
    page: () => import('./es/page'),
    desk: () => import('./es/desk'),
    guide: () => import('./es/guide'),
    frame: () => import('./es/frame'),
  },
  ja: {
    page: () => import('./ja/page'),
    desk: () => import('./ja/desk'),
    guide: () => import('./ja/guide'),
    frame: () => import('./ja/frame'),
  },
  'zh-Hans': {
    page: () => import('./zh-Hans/page'),
    desk: () => import('./zh-Hans/desk'),
    guide: () => import('./zh-Hans/guide'),
    frame: () => import('./zh-Hans/frame'),
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
