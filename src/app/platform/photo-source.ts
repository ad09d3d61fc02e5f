import { formats, type FormatFacts } from '../../core/format';

/** A file that may be a photo, not read yet. */
export type PhotoSource = {
  /** Its folders and its name, with slashes, as far as they are known. */
  readonly path: string;
  /** Its size; 0 where that is not known before it is read. */
  readonly bytes: number;
  /** When it was changed last, in milliseconds since 1970; 0 where nobody knows. */
  readonly modified: number;
  /**
   * Reads it, or gives access to it: anew each time, so that nothing of it is held.
   *
   * @throws {unknown} Where it has gone, or may not be read.
   */
  readonly read: () => Promise<File>;
  /** Access to it on the disk, which outlives the page, where there is such. */
  readonly handle?: FileSystemFileHandle;
  /** Access to the folder that its path begins with, where it came with one. */
  readonly root?: FileSystemDirectoryHandle;
};

/** What was found where somebody looked for photos. */
export type Gathered = {
  readonly sources: readonly PhotoSource[];
  /** How many files were left out, since their names say that they are no photos. */
  readonly others: number;
  /** Archives that could not be read, by their names. */
  readonly unread: readonly string[];
};

/** Most files that are taken at once: a list of more helps nobody. */
export const mostFiles = 20_000;

const endings: ReadonlySet<string> = new Set(
  Object.values<FormatFacts>(formats).flatMap(({ extensions }) => extensions),
);

/**
 * The name at the end of a path.
 *
 * @param path With slashes.
 * @returns What is behind the last of them.
 */
export function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/**
 * Whether a file of a folder may be a photo.
 *
 * @param path Its path, with slashes.
 * @returns True where its ending is one of a format that opens here; never for what systems hide, such as `._beach.jpg`.
 */
export function looksLikePhoto(path: string): boolean {
  const name = nameOf(path);
  const isHidden = name.startsWith('.') || path.startsWith('__MACOSX/');
  const ending = /\.([^.]+)$/.exec(name)?.[1] ?? '';
  return !isHidden && endings.has(ending.toLowerCase());
}

/**
 * A file as a source.
 *
 * @param file Any file.
 * @param handle Access to it on the disk, where there is such.
 * @returns Its path is that of the folder that it was chosen with, if it was.
 */
export function sourceOf(file: File, handle?: FileSystemFileHandle): PhotoSource {
  const { name, size, lastModified, webkitRelativePath } = file;
  const path = webkitRelativePath || name;
  const read = async () => (handle ? await handle.getFile().catch(() => file) : file);
  return { path, bytes: size, modified: lastModified, read, ...(handle && { handle }) };
}
