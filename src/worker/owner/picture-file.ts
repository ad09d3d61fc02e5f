import { EnhanceError } from '../../core/errors';
import { reduceInto } from '../../core/picture/reduce';
import {
  bytesOf,
  createRaster,
  type ColourSpace,
  type Depth,
  type Raster,
  type Samples,
} from '../../core/picture/raster';
import type { Picture, PictureSink, StoredPicture } from '../../core/picture/picture';
import { intersect, type Rect, type Size } from '../../core/picture/rect';
import { cachedBytes, isStoredOutside, leastStoredBytes } from '../../core/plan/stored-result';
import { Turns } from '../../core/turns';
import { holdFile, sweepFolder, type HeldFile } from './held-file';
import { SealedBlocks } from './sealed-blocks';

/** The folder of the origin's private file system that results lie in. */
const resultFolder = 'results';

/** Pixels of a block: a band of whole rows touches few that it does not need. */
const block: Size = { width: 256, height: 128 };

/** What a picture is, but for its pixels. */
export type PictureKind = Omit<Raster, 'data'> & { readonly depth: Depth };

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
 * A picture in a file that is this thread's alone: written and read by parts, one after the other, encrypted on the disk, and
 * deleted with its last user.
 */
export class PictureFile implements StoredPicture, PictureSink {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly space: ColourSpace;
  readonly depth: Depth;
  readonly reduced: Raster;
  readonly #file: HeldFile;
  readonly #blocks: SealedBlocks;
  readonly #turns = new Turns();
  #users = 1;

  private constructor(file: HeldFile, blocks: SealedBlocks, kind: PictureKind, scale: number) {
    const { width, height, hasAlpha, space, depth } = kind;
    this.#file = file;
    this.#blocks = blocks;
    [this.width, this.height, this.hasAlpha] = [width, height, hasAlpha];
    [this.space, this.depth] = [space, depth];
    const size = { width: width / scale, height: height / scale };
    this.reduced = { ...createRaster<Depth>(size, hasAlpha, depth), space };
  }

  /**
   * A black, fully transparent picture.
   *
   * @param file Where it lies; empty, and the picture's from now on.
   * @param kind What it is.
   * @param scale See {@link HoldResult}.
   * @param mostBytes Of how many bytes memory holds blocks.
   * @returns The picture, in use until {@link end}.
   * @throws {unknown} Where nothing can be encrypted, or its reduced form finds no room in memory; the file is the caller's still.
   */
  static async create(
    file: HeldFile,
    kind: PictureKind,
    scale: number,
    mostBytes = cachedBytes,
  ): Promise<PictureFile> {
    const blocks = await SealedBlocks.create(file.access, bytesOf(block, kind.depth), mostBytes);
    return new PictureFile(file, blocks, kind, scale);
  }

  /** @inheritdoc */
  readPart(part: Rect): Promise<Raster> {
    const { hasAlpha, space, depth } = this;
    const raster = { ...createRaster<Depth>(part, hasAlpha, depth), space };
    return this.#work(part, false, (row, at) => asBytes(raster.data).set(row, at)).then(
      () => raster,
    );
  }

  /** @inheritdoc */
  async write(pixels: Samples, part: Rect): Promise<void> {
    const bytes = asBytes(pixels);
    await this.#work(part, true, (row, at) => row.set(bytes.subarray(at, at + row.length)));
    reduceInto(this.reduced, pixels, part, this.width / this.reduced.width);
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
    void this.#turns.take(undefined, () => this.#file.release(true)).catch(() => undefined);
  }

  /** Meets each row of each block in a part: its bytes there, and where they lie in a raster of the part. */
  #work(
    part: Rect,
    isWritten: boolean,
    meet: (row: Uint8Array<ArrayBuffer>, at: number) => void,
  ): Promise<void> {
    const pixelBytes = this.depth / 2;
    return this.#turns.take(undefined, async () => {
      for (const places of this.#placesIn(part)) {
        const indices = places.map(({ index }) => index);
        const blocks = await this.#blocks.take(indices, isWritten);
        for (const [i, { place, common }] of places.entries())
          for (let y = common.y; y < common.y + common.height; y++) {
            const from = ((y - place.y) * block.width + common.x - place.x) * pixelBytes;
            const row = blocks[i]!.subarray(from, from + common.width * pixelBytes);
            meet(row, ((y - part.y) * part.width + common.x - part.x) * pixelBytes);
          }
        await this.#blocks.tidy();
      }
    });
  }

  /** The blocks that a part lies in, one row of them after the other. */
  *#placesIn(part: Rect) {
    const columns = Math.ceil(this.width / block.width);
    const [left, top] = [Math.floor(part.x / block.width), Math.floor(part.y / block.height)];
    for (let row = top; row * block.height < part.y + part.height; row++) {
      const places: { index: number; place: Rect; common: Rect }[] = [];
      for (let column = left; column * block.width < part.x + part.width; column++) {
        const place = { x: column * block.width, y: row * block.height, ...block };
        const common = intersect(place, part);
        if (common) places.push({ index: row * columns + column, place, common });
      }
      yield places;
    }
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

function asBytes({ buffer, byteOffset, byteLength }: Samples): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
