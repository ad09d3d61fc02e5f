import {
  addTables,
  currentLanguage,
  setLanguage,
  setTurn,
  type Tables,
} from '../i18n/language.svelte';
import { chooseLanguage, directionOf, pseudoLanguage, type Spoken } from '../i18n/languages';
import { loadTables } from '../i18n/load-tables';
import type { LanguagePart } from '../i18n/parts';
import { readSetting, writeSetting } from './storage';

const languageStorage = 'enlarger.language';

/** What is asked of the service worker: to keep a language for offline use. */
export const keepLanguage = 'KEEP_LANGUAGE';

/** What has been needed until now, in whatever language. */
const needed = new Set<LanguagePart>(['page']);

/** The language that was asked for last. */
let wanted: Spoken = 'en';

/**
 * The language to begin with.
 *
 * @param address The page's; `?language=` in it says which, for this visit.
 * @returns What it asks for, else what was chosen here before, else what the browser prefers.
 */
export function findLanguage(address: string): Spoken {
  const asked = new URL(address).searchParams.get('language');
  const kept = readSetting(languageStorage);
  return chooseLanguage([
    ...(asked ? [asked] : []),
    ...(kept ? [kept] : []),
    ...navigator.languages,
  ]);
}

/**
 * Makes the page speak a language, once all that it needs of it is there.
 *
 * @param language Which.
 * @param parts What is needed of it, with what is needed already.
 * @throws {EnhanceError} `file-altered` or `download-stalled` where a file of it is not as it was built or does not
 *   arrive; nothing has changed then.
 * @throws {TypeError} Where one cannot be fetched.
 */
export async function speakLanguage(
  language: Spoken,
  parts: readonly LanguagePart[] = [],
): Promise<void> {
  for (const part of parts) needed.add(part);
  wanted = language;
  const turn = language === pseudoLanguage ? (await import('../i18n/pseudo')).turnAll : null;
  const tables = await Promise.all([...needed].map((part) => load(language, part)));
  if (language !== wanted) return;
  setTurn(turn);
  setLanguage(language, Object.assign({}, ...tables) as Tables);
  const root = document.documentElement;
  root.lang = language;
  root.dir = directionOf(language);
  // What was first needed meanwhile.
  const late = [...needed].slice(tables.length).map((part) => addPart(part));
  await Promise.all(late);
  keepOffline(language);
}

/**
 * The same by a person's choice, which is kept for the next visit.
 *
 * @param language Which.
 * @throws As {@link speakLanguage}.
 */
export async function chooseWords(language: Spoken): Promise<void> {
  await speakLanguage(language);
  writeSetting(languageStorage, language);
}

/**
 * Words that are first needed now.
 *
 * @param part Which file of the language has them.
 * @returns Settles when they are there, or cannot be had: what they would say is then said in English.
 */
export async function needWords(part: LanguagePart): Promise<void> {
  if (needed.has(part) || (part === 'desk' && needed.has('frame'))) return loading.get(part);
  needed.add(part);
  const adding = addPart(part).catch(() => void needed.delete(part));
  loading.set(part, adding);
  return adding;
}

/** Parts that are on their way, or have come. */
const loading = new Map<LanguagePart, Promise<void>>();

async function addPart(part: LanguagePart): Promise<void> {
  const language = currentLanguage();
  addTables(language, await load(language, part));
}

async function load(language: Spoken, part: LanguagePart): Promise<Tables> {
  if (language === 'en' || language === pseudoLanguage) return {};
  return loadTables(language, part);
}

/** The first visit's words came before the service worker. */
function keepOffline(language: Spoken): void {
  if (language === 'en' || language === pseudoLanguage) return;
  try {
    void navigator.serviceWorker.ready.then(({ active }) =>
      active?.postMessage({ type: keepLanguage, language }),
    );
  } catch {
    // There is none, or storage is denied.
  }
}
