/**
 * Names the chunk of a language's file, so that the page can check it and the service worker keep it by its name.
 *
 * @param {string} name The chunk's, after the file that is imported.
 * @param {readonly string[]} ids Of the chunk's modules.
 * @returns {string | null} For `src/app/i18n/de/desk.ts` and what it alone imports, a pattern of
 *   `assets/words/de-desk-HASH.js`; null for whatever holds anything else.
 */
export function nameWords(name, ids) {
  const languages = ids.map((id) => /\/app\/i18n\/([\w-]+)\/\w+\.ts$/.exec(id)?.[1]);
  const [language] = languages;
  if (!language || languages.some((each) => each !== language)) return null;
  return `assets/words/${language}-${name}-[hash].js`;
}
