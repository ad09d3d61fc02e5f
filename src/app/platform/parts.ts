import { checkParts } from './part-checks';
import { needWords } from './words';

/**
 * Loads a part of the page, once all of them have been checked, and what it says in the page's language.
 *
 * @param load Imports it.
 * @returns What `load` gives.
 * @throws {EnhanceError} As `checkParts`.
 * @throws {TypeError} Where it cannot be fetched.
 */
export async function importPart<T>(load: () => Promise<T>): Promise<T> {
  const words = needWords('desk');
  await checkParts('page');
  const [part] = await Promise.all([load(), words]);
  return part;
}
