import { link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { formats, savedFormats, type SavedFormat } from '../core/format';
import type { Input } from './inputs';

/** Why a result was not written where it belongs. */
export type Clash = 'original' | 'there' | 'twice' | 'older';

/** See {@link Clash}; what is there stays as it is. */
export class ClashError extends Error {
  override readonly name = 'ClashError';

  /**
   * @param clash Why.
   * @param path Where it would have been written.
   */
  constructor(
    readonly clash: Clash,
    readonly path: string,
  ) {
    super(clash);
  }
}

/** Where results go, so that none is written over an original, over another or, unless that is wanted, over anything. */
export class Outputs {
  readonly #out: string;
  readonly #replaces: boolean;
  /** How often a name without its ending is wanted in a folder. */
  readonly #stems = new Map<string, number>();
  /** Devices and inodes of originals: a path may be spelt in many ways. */
  readonly #originals = new Set<string>();
  /** The same of results: two names may be one where letters of either case, or an accent in one piece or two, are the same. */
  readonly #written = new Set<string>();

  /**
   * @param out The folder for all.
   * @param replaces Whether what is there is replaced.
   */
  constructor(out: string, replaces: boolean) {
    this.#out = out;
    this.#replaces = replaces;
  }

  /**
   * Learns of all photos, before the first result.
   *
   * @param inputs The photos.
   */
  async expect(inputs: readonly Input[]): Promise<void> {
    for (const input of inputs) {
      const stem = this.#stem(input).toLowerCase();
      this.#stems.set(stem, (this.#stems.get(stem) ?? 0) + 1);
      const identity = await identityOf(input.path);
      if (identity) this.#originals.add(identity);
    }
  }

  /**
   * Where a photo's result goes: by its own name, with the ending of its format. Where photos of a folder differ in their endings
   * alone, a result of another format has the photo's ending before its own.
   *
   * @param input The photo.
   * @param format What the result is written in.
   * @returns A path in the folder for results.
   */
  pathOf(input: Input, format: SavedFormat): string {
    const stem = this.#stem(input);
    const ending = extname(input.path);
    const { extensions } = formats[format];
    const isSame = extensions.some((each) => `.${each}` === ending.toLowerCase());
    if (isSame) return `${stem}${ending}`;
    const isShared = (this.#stems.get(stem.toLowerCase()) ?? 0) > 1;
    return `${stem}${isShared ? ending : ''}.${extensions[0]}`;
  }

  /**
   * Whether a photo has a result.
   *
   * @param input The photo.
   * @param format What it would be written in; `auto` where its bytes decide.
   * @returns The result's path; null where there is none.
   * @throws {ClashError} Where there is one that is older than the photo: of what it was before it was changed.
   */
  async findDone(input: Input, format: SavedFormat | 'auto'): Promise<string | null> {
    for (const each of format === 'auto' ? savedFormats : [format]) {
      const path = this.pathOf(input, each);
      const identity = await identityOf(path);
      if (!identity || this.#originals.has(identity)) continue;
      if (await isOlder(path, input.path)) throw new ClashError('older', path);
      return path;
    }
    return null;
  }

  /**
   * Refuses a photo whose result would be written where it may not be, before any work is done.
   *
   * @param input The photo.
   * @param format What it would be written in.
   * @throws {ClashError} Where it may not.
   */
  async check(input: Input, format: SavedFormat): Promise<void> {
    await this.#check(this.pathOf(input, format));
  }

  /**
   * Writes a result: into a file beside its place, which takes its name when it is whole.
   *
   * @param input The photo.
   * @param format What the result is written in.
   * @param blob The result.
   * @returns Its path.
   * @throws {ClashError} Where it may not be written there.
   * @throws {Error} Of the file system, with its `code`; then nothing is left behind.
   */
  async write(input: Input, format: SavedFormat, blob: Blob): Promise<string> {
    const path = this.pathOf(input, format);
    await mkdir(dirname(path), { recursive: true });
    await this.#check(path);
    const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
    try {
      await writeFile(part, blob.stream() as AsyncIterable<Uint8Array>);
      if (this.#replaces) await rename(part, path);
      else await putNew(part, path);
    } finally {
      await rm(part, { force: true });
    }
    const identity = await identityOf(path);
    if (identity) this.#written.add(identity);
    return path;
  }

  async #check(path: string): Promise<void> {
    const identity = await identityOf(path);
    if (!identity) return;
    if (this.#written.has(identity)) throw new ClashError('twice', path);
    if (this.#originals.has(identity)) throw new ClashError('original', path);
    if (!this.#replaces) throw new ClashError('there', path);
  }

  /** The result's path without an ending. */
  #stem({ path, folder }: Input): string {
    return join(this.#out, folder, basename(path, extname(path)));
  }
}

/** A name that nobody has taken meanwhile; not every file system has links. */
async function putNew(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new ClashError('there', path);
    await rename(part, path);
  }
}

async function isOlder(path: string, other: string): Promise<boolean> {
  const [own, others] = await Promise.all([stat(path), stat(other)]);
  return own.mtimeMs < others.mtimeMs;
}

/** Which file a path names; null where there is none. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found && `${found.dev}:${found.ino}`;
}
