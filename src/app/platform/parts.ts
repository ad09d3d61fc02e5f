import { needWords } from './words';

/**
 * Loads a part of the page, and what it says in the page's language.
 *
 * @param load Imports it.
 * @returns What `load` gives.
 * @throws {EnhanceError} As `importLate`, in a built page.
 * @throws {TypeError} Where it cannot be fetched.
 */
export async function importPart<T>(load: () => Promise<T>): Promise<T> {
  const words = needWords('desk');
  const [part] = await Promise.all([load(), words]);
  return part;
}
