/** Marks of Unicode that turn what is between them round, whatever its letters say. */
const [turned, ended] = ['\u202e', '\u202c'];

/**
 * English as if it were written from right to left.
 *
 * @param value A phrase, or a table or list of such.
 * @returns The same with each word turned round; holes, and all that is no word, stay.
 */
export function turnAll(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\w+\}|[A-Za-z’]+/g, (word) =>
      word.startsWith('{') ? word : `${turned}${word}${ended}`,
    );
  if (Array.isArray(value)) return value.map(turnAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, turnAll(each)]));
}
