import { clipContainers } from '../../core/film/clip';
import { formats, type FormatFacts } from '../../core/format';

/** A file that may be a photo or a clip, not read yet. */
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

/** What was found where somebody looked for photos and clips. */
export type Gathered = {
  readonly sources: readonly PhotoSource[];
  /** How many files were left out, since their names say that they are neither. */
  readonly others: number;
  /** How many photos and clips of archives were left out, since they want a password. */
  readonly locked: number;
  /** Archives, folders and files that could not be read, by their names. */
  readonly unread: readonly string[];
};

/** Most files that are taken at once: a list of more helps nobody. */
export const mostFiles = 20_000;

const endings: ReadonlySet<string> = new Set(
  Object.values<FormatFacts>(formats).flatMap(({ extensions }) => extensions),
);

const clipEndings: ReadonlySet<string> = new Set([
  ...Object.values(clipContainers).map(({ extension }) => extension),
  'm4v',
]);

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
 * Whether a file of a folder may be a photo or a clip.
 *
 * @param path Its path, with slashes.
 * @returns True where its ending is one of what opens here; never for what systems hide, such as `._beach.jpg`, or what lies in a hidden
 *   folder below another.
 */
export function looksLikeMedia(path: string): boolean {
  const isHidden = /\/\./.test(path) || nameOf(path).startsWith('.') || /^__MACOSX\//.test(path);
  return !isHidden && (endings.has(endingOf(path)) || looksLikeClip(path));
}

/**
 * Whether a file says of itself that it is a clip.
 *
 * @param path Its path, with slashes.
 * @returns True where its ending is one of a container that opens here; what it is, its first bytes tell.
 */
export function looksLikeClip(path: string): boolean {
  return clipEndings.has(endingOf(path));
}

function endingOf(path: string): string {
  return /\.([^.]+)$/.exec(nameOf(path))?.[1]?.toLowerCase() ?? '';
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
