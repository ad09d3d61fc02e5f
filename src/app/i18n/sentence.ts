const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/**
 * Several words as one enumeration.
 *
 * @param words In their order.
 * @returns For example `a, b and c`.
 */
export function listWords(words: readonly string[]): string {
  return conjunction.format(words);
}

/**
 * Several words of which one is to be chosen.
 *
 * @param words In their order.
 * @returns For example `a, b or c`.
 */
export function listChoices(words: readonly string[]): string {
  return disjunction.format(words);
}

/**
 * A text as the beginning of a sentence.
 *
 * @param text Any text.
 * @returns The same with its first letter in upper case.
 */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
