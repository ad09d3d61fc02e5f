import { currentLanguage, currentLocale } from './language.svelte';

/**
 * Several words as one enumeration.
 *
 * @param words In their order.
 * @returns For example `a, b and c`, in the page's language.
 */
export function listWords(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(words);
}

/**
 * Several words of which one is to be chosen.
 *
 * @param words In their order.
 * @returns For example `a, b or c`, in the page's language.
 */
export function listChoices(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'disjunction' }).format(words);
}

/**
 * A text as the beginning of a sentence.
 *
 * @param text Any text.
 * @returns The same with its first letter in upper case.
 */
export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase(currentLocale()) + text.slice(1);
}

/**
 * Whole sentences, one after the other.
 *
 * @param sentences In their order, each with its full stop.
 * @returns One text: Chinese and Japanese put no space between them.
 */
export function joinSentences(sentences: readonly string[]): string {
  const isSolid = /^(ja|zh)/.test(currentLanguage());
  return sentences.join(isSolid ? '' : ' ');
}
