const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });

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
 * A text as the beginning of a sentence.
 *
 * @param text Any text.
 * @returns The same with its first letter in upper case.
 */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
