/** What the page speaks, in the order in which it is offered. */
export const languages = ['en', 'de', 'fr', 'es', 'ja', 'zh-Hans'] as const;

/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** A language with tables of its own: English stands in the code. */
export type OtherLanguage = Exclude<Language, 'en'>;

/** Each in itself: who cannot read the page finds it all the same. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  'zh-Hans': '简体中文',
};

/**
 * English words that run from right to left, each turned round: proof that the layout holds so. Only the
 * address can ask for it (`?language=ar-XB`); its name is the one that Android gives such a language.
 */
export const pseudoLanguage = 'ar-XB';

/** What the page can be made to speak. */
export type Spoken = Language | typeof pseudoLanguage;

/**
 * The language that a tag means here.
 *
 * @param tag BCP 47, as of a browser or an attribute; nonsense is none.
 * @returns The language; undefined for one that there is no table of. Traditional Chinese is such.
 */
export function matchLanguage(tag: string): Spoken | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
  if (tag === pseudoLanguage) return tag;
  if (locale.language === 'zh') return locale.script === 'Hans' ? 'zh-Hans' : undefined;
  return languages.find((each) => each === locale.language);
}

/**
 * The language to begin with.
 *
 * @param tags What is wished for, most wanted first: chosen here, then the browser's own.
 * @returns The first that there is; English where there is none.
 */
export function chooseLanguage(tags: readonly string[]): Spoken {
  for (const tag of tags) {
    const found = matchLanguage(tag);
    if (found) return found;
  }
  return 'en';
}

/**
 * Which way a language is written.
 *
 * @param language Which.
 * @returns For the `dir` attribute.
 */
export const directionOf = (language: Spoken): 'ltr' | 'rtl' =>
  language === pseudoLanguage ? 'rtl' : 'ltr';
