import { EnhanceError } from '../../core/errors';
import type { Picture, PictureSink, StoredPicture } from '../../core/picture/picture';
import {
  bytesOf,
  createRaster,
  type ColourSpace,
  type Depth,
  type Raster,
  type Samples,
} from '../../core/picture/raster';
import { magnify, type Rect } from '../../core/picture/rect';
import { reduceInto } from '../../core/picture/reduce';
import { release } from '../../core/picture/release';
import { cachedBytes, isStoredOutside, leastStoredBytes } from '../../core/plan/stored-result';
import { BlockPicture, blockPixels, type PictureKind } from './block-picture';
import { holdFile, sweepFolder, type HeldFile } from './held-file';
import { SealedBlocks } from './sealed-blocks';

/** The folder of the origin's private file system that results lie in. */
const resultFolder = 'results';

/** Where results lie that are too large for memory. */
export type ResultPlaces = {
  /** Bytes that the browser gives for a result; 0 where there is no such place. */
  readonly room: () => Promise<number>;
  readonly hold: HoldResult;
};

/**
 * Makes room for a result.
 *
 * @param kind What it is.
 * @param scale By how much it is reduced for who sees it from afar, at least 2: its sides are multiples of that, and so are those of all parts that are written.
 * @returns A place outside of memory; null where it is better held in memory: it is small, or there is no such place.
 */
export type HoldResult = (kind: PictureKind, scale: number) => Promise<PictureFile | null>;

/**
 * Places for results in the origin's private file system.
 *
 * @param least Bytes that a result has at least to lie there.
 * @returns What tells of them, and makes them.
 */
export function createResultPlaces(least = leastStoredBytes): ResultPlaces {
  const hold: HoldResult = async (kind, scale) => {
    const bytes = bytesOf(kind, kind.depth);
    if (!isStoredOutside(bytes, scale, await findRoom(), least)) return null;
    const file = await holdFile(resultFolder, crypto.randomUUID());
    if (!file) return null;
    try {
      return await PictureFile.create(file, kind, scale);
    } catch {
      // Nothing may be encrypted here: then nothing is written.
      await file.release(true);
      return null;
    }
  };
  return { room: findRoom, hold };
}

/**
 * Deletes results that tabs have left which are gone.
 *
 * @returns Settles once they are gone; never rejects.
 */
export const sweepResults = (): Promise<void> => sweepFolder(resultFolder, () => false);

/** What the browser gives this site more, but for a sixth that all else may need. */
async function findRoom(): Promise<number> {
  try {
    if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype) || !crypto.subtle) return 0;
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return (quota - usage) / 1.2;
  } catch {
    return 0;
  }
}

/**
 * A picture in a file that is this thread's alone, and the same reduced behind it: written and read by parts, one after the other, encrypted
 * on the disk, and deleted with its last user.
 */
export class PictureFile implements StoredPicture, PictureSink {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly space: ColourSpace;
  readonly depth: Depth;
  readonly reduced: BlockPicture;
  readonly #file: HeldFile;
  readonly #blocks: SealedBlocks;
  readonly #pixels: BlockPicture;
  #users = 1;

  private constructor(file: HeldFile, blocks: SealedBlocks, kind: PictureKind, scale: number) {
    const { width, height, hasAlpha, space, depth } = kind;
    this.#file = file;
    this.#blocks = blocks;
    [this.width, this.height, this.hasAlpha] = [width, height, hasAlpha];
    [this.space, this.depth] = [space, depth];
    this.#pixels = new BlockPicture(blocks, kind);
    const size = { width: width / scale, height: height / scale };
    this.reduced = new BlockPicture(blocks, { ...kind, ...size }, this.#pixels.end);
  }

  /**
   * A black, fully transparent picture.
   *
   * @param file Where it lies; empty, and the picture's from now on.
   * @param kind What it is.
   * @param scale See {@link HoldResult}.
   * @param mostBytes Of how many bytes memory holds blocks.
   * @returns The picture, in use until {@link end}.
   * @throws {unknown} Where nothing can be encrypted; the file is the caller's still.
   */
  static async create(
    file: HeldFile,
    kind: PictureKind,
    scale: number,
    mostBytes = cachedBytes,
  ): Promise<PictureFile> {
    const blockBytes = (blockPixels * 4 * kind.depth) / 8;
    const blocks = await SealedBlocks.create(file.access, blockBytes, mostBytes);
    return new PictureFile(file, blocks, kind, scale);
  }

  /** @inheritdoc */
  readPart(part: Rect): Promise<Raster> {
    return this.#pixels.readPart(part);
  }

  /** @inheritdoc */
  async write(pixels: Samples, part: Rect): Promise<void> {
    await this.#pixels.write(pixels, part);
    const scale = this.width / this.reduced.width;
    const small = magnify(part, 1 / scale);
    const seen = createRaster<Depth>(small, this.hasAlpha, this.depth);
    reduceInto(seen, pixels, { ...part, x: 0, y: 0 }, scale);
    await this.reduced.write(seen.data, small);
    release(seen.data);
  }

  /**
   * Has the picture stay until some work with it is done, whoever lets go of it meanwhile.
   *
   * @param work The work.
   * @returns What it gives.
   * @throws {EnhanceError} `photo-missing` where it is gone already.
   * @throws {unknown} What the work fails with.
   */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#users === 0) throw new EnhanceError('photo-missing');
    this.#users++;
    try {
      return await work();
    } finally {
      this.#letGo();
    }
  }

  /** Whoever made it needs it no more: once nobody uses it, it is deleted. */
  end(): void {
    this.#letGo();
  }

  #letGo(): void {
    if (--this.#users > 0) return;
    const { turns } = this.#blocks;
    void turns.take(undefined, () => this.#file.release(true)).catch(() => undefined);
  }
}

/**
 * Works with a picture that may lie in a file, which stays until then.
 *
 * @param picture The picture; null for none.
 * @param work The work.
 * @returns What it gives.
 * @throws {EnhanceError} `photo-missing` where it is gone already.
 * @throws {unknown} What the work fails with.
 */
export function usePicture<T>(picture: Picture | null, work: () => Promise<T>): Promise<T> {
  return picture instanceof PictureFile ? picture.use(work) : work();
}

/**
 * Lets go of a picture that is needed no more.
 *
 * @param picture The picture; one in memory is left to the collector of garbage.
 */
export function endPicture(picture: Picture | null | undefined): void {
  if (picture instanceof PictureFile) picture.end();
}
