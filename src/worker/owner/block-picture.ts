import type { PictureSink, StoredPicture } from '../../core/picture/picture';
import {
  createRaster,
  type ColourSpace,
  type Depth,
  type Raster,
  type Samples,
} from '../../core/picture/raster';
import { intersect, type Rect, type Size } from '../../core/picture/rect';
import type { SealedBlocks } from './sealed-blocks';

/** Pixels of a block: a band of whole rows touches few that it does not need. */
const block: Size = { width: 256, height: 128 };

/** Pixels of a block, whatever part of a picture lies in it. */
export const blockPixels = block.width * block.height;

/** What a picture is, but for its pixels. */
export type PictureKind = Omit<Raster, 'data'> & { readonly depth: Depth };

/** A picture in sealed blocks, some of which may be another's: read and written by parts. */
export class BlockPicture implements StoredPicture, PictureSink {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly space: ColourSpace;
  readonly depth: Depth;
  readonly reduced = null;
  readonly #blocks: SealedBlocks;
  readonly #first: number;
  readonly #columns: number;

  /**
   * @param blocks What it lies in, each of {@link blockPixels} pixels of its depth.
   * @param kind What it is.
   * @param first The first block that is its own.
   */
  constructor(blocks: SealedBlocks, kind: PictureKind, first = 0) {
    const { width, height, hasAlpha, space, depth } = kind;
    [this.width, this.height, this.hasAlpha] = [width, height, hasAlpha];
    [this.space, this.depth] = [space, depth];
    this.#blocks = blocks;
    this.#first = first;
    this.#columns = Math.ceil(width / block.width);
  }

  /** The first block that is no more its own. */
  get end(): number {
    return this.#first + this.#columns * Math.ceil(this.height / block.height);
  }

  /** @inheritdoc */
  async readPart(part: Rect): Promise<Raster> {
    const { hasAlpha, space, depth } = this;
    const raster = { ...createRaster<Depth>(part, hasAlpha, depth), space };
    await this.#work(part, false, (row, at) => asBytes(raster.data).set(row, at));
    return raster;
  }

  /** @inheritdoc */
  write(pixels: Samples, part: Rect): Promise<void> {
    const bytes = asBytes(pixels);
    return this.#work(part, true, (row, at) => row.set(bytes.subarray(at, at + row.length)));
  }

  /** Meets each row of each block in a part: its bytes there, and where they lie in a raster of the part. */
  #work(
    part: Rect,
    isWritten: boolean,
    meet: (row: Uint8Array<ArrayBuffer>, at: number) => void,
  ): Promise<void> {
    const pixelBytes = this.depth / 2;
    return this.#blocks.turns.take(undefined, async () => {
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
    const [left, top] = [Math.floor(part.x / block.width), Math.floor(part.y / block.height)];
    for (let row = top; row * block.height < part.y + part.height; row++) {
      const places: { index: number; place: Rect; common: Rect }[] = [];
      for (let column = left; column * block.width < part.x + part.width; column++) {
        const place = { x: column * block.width, y: row * block.height, ...block };
        const common = intersect(place, part);
        const index = this.#first + row * this.#columns + column;
        if (common) places.push({ index, place, common });
      }
      yield places;
    }
  }
}

function asBytes({ buffer, byteOffset, byteLength }: Samples): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
