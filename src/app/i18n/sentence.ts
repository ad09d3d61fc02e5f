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

const isSolid = (): boolean => /^(ja|zh)/.test(currentLanguage());

/**
 * Several words that stand beside each other and are no enumeration, such as facts about one thing.
 *
 * @param words In their order; empty ones are left out.
 * @returns For example `a, b, c`, with the comma of the page's language.
 */
export function joinWords(words: readonly string[]): string {
  return words.filter(Boolean).join(isSolid() ? '、' : ', ');
}

/**
 * Whole sentences, one after the other.
 *
 * @param sentences In their order, each with its full stop; empty ones are left out.
 * @returns One text: Chinese and Japanese put no space between them.
 */
export function joinSentences(sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(isSolid() ? '' : ' ');
}
