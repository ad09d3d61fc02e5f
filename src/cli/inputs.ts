import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { formats } from '../core/format';
import { UsageError } from './arguments';

/** A photo that was asked for. */
export type Input = {
  /** Absolute. */
  readonly path: string;
  /** As it is told of: as it was given, or below the folder that was. */
  readonly name: string;
  /** Folders between the one for results and the result; empty for a photo that was named itself. */
  readonly folder: string;
};

const extensions: ReadonlySet<string> = new Set(
  Object.values(formats).flatMap(({ extensions }) => extensions.map((each) => `.${each}`)),
);

/**
 * Finds the photos that a command line names: files as they are, and of folders, with all below them, what is named like a photo and
 * is not hidden. Each photo once.
 *
 * @param given Files and folders; of several folders each is kept as a folder of its own.
 * @param out The folder for results, which is not looked into.
 * @returns Photos, those of a folder in the order of their names.
 * @throws {UsageError} Where something is not there, or no photo is found.
 */
export async function findInputs(given: readonly string[], out: string): Promise<Input[]> {
  const outside = await realpath(out).catch(() => resolve(out));
  const found: Input[] = [];
  for (const each of given) {
    const path = resolve(each);
    const what = await stat(path).catch(() => null);
    if (!what) throw new UsageError(`${each} is not there, or may not be read.`);
    if (!what.isDirectory()) found.push({ path, name: each, folder: '' });
    else {
      const folder = given.length > 1 ? basename(path) : '';
      await walk({ path, name: each, folder }, outside, found);
    }
  }
  const once = new Map(found.map((input) => [input.path, input]));
  if (once.size === 0) throw new UsageError(`No photo was found in ${given.join(', ')}.`);
  return [...once.values()];
}

async function walk(at: Input, outside: string, found: Input[]): Promise<void> {
  if ((await realpath(at.path)) === outside) return;
  const entries = await readdir(at.path, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    const path = join(at.path, name);
    if (entry.isDirectory())
      await walk(
        { path, name: join(at.name, name), folder: join(at.folder, name) },
        outside,
        found,
      );
    // A link to a folder could lead round in a circle.
    else if (isNamedLikePhoto(name) && (entry.isFile() || (await isFile(path))))
      found.push({ path, name: join(at.name, name), folder: at.folder });
  }
}

const isNamedLikePhoto = (name: string) => extensions.has(extname(name).toLowerCase());

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
