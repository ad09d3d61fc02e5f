/**
 * Whether a file may say of a model what it is.
 *
 * @param file The file.
 * @param file.name Its name.
 * @returns True where its ending says so.
 */
export function isAbout({ name }: Pick<File, 'name'>): boolean {
  return /\.(json|md|txt)$/i.test(name);
}

/**
 * Finds what says of a model what it is.
 *
 * @param model The model's file.
 * @param model.name Its name.
 * @param about Files for which {@link isAbout} is true.
 * @param isAlone Whether they can be of no other model: then JSON of any name is taken, and a text that is called README.
 * @returns Those that are of it: JSON before text, and what has the model's name before what has not.
 */
export function neighboursOf(
  { name }: Pick<File, 'name'>,
  about: readonly File[],
  isAlone: boolean,
): readonly File[] {
  const isJson = (file: File) => /\.json$/i.test(file.name);
  const isOwn = (file: File) => stemOf(file.name) === stemOf(name);
  const isTaken = (file: File) => isJson(file) || stemOf(file.name) === 'readme';
  const rank = (file: File) => 2 * Number(!isJson(file)) + Number(!isOwn(file));
  return about
    .filter((file) => isOwn(file) || (isAlone && isTaken(file)))
    .toSorted((a, b) => rank(a) - rank(b));
}

/**
 * A file's name without its ending, to be compared with others.
 *
 * @param name The name.
 * @returns It in small letters.
 */
export const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '').toLowerCase();
