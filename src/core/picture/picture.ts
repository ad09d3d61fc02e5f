import { cropRaster, depthOf, type Depth, type Raster, type Samples } from './raster';
import { wholeRect, type Rect } from './rect';

/** A picture whose pixels lie elsewhere than in memory, and are read by parts. */
export interface StoredPicture extends Omit<Raster, 'data'> {
  readonly depth: Depth;
  /** The same reduced by a whole number, each pixel the mean of a square: for who sees it from afar; null of what is that itself. */
  readonly reduced: StoredPicture | null;
  /**
   * Reads a part.
   *
   * @param part Inside the picture.
   * @returns A raster of the part's size that owns a new buffer.
   * @throws {unknown} Where it cannot be read any more.
   */
  readPart(part: Rect): Promise<Raster>;
}

/** A picture, wherever it lies. */
export type Picture = Raster | StoredPicture;

/**
 * Tells where a picture lies.
 *
 * @param picture The picture.
 * @returns Whether its pixels are in memory.
 */
export function isRaster(picture: Picture): picture is Raster {
  return 'data' in picture;
}

/**
 * The depth of a picture.
 *
 * @param picture The picture.
 * @returns Its bits a sample.
 */
export function depthOfPicture(picture: Picture): Depth {
  return isRaster(picture) ? depthOf(picture) : picture.depth;
}

/**
 * Reads a part of a picture.
 *
 * @param picture Read from.
 * @param part Inside the picture.
 * @returns A raster of the part's size that owns a new buffer.
 * @throws {unknown} Where it cannot be read any more.
 */
export async function readPart(picture: Picture, part: Rect): Promise<Raster> {
  return isRaster(picture) ? cropRaster(picture, part) : picture.readPart(part);
}

/**
 * All of a picture in memory.
 *
 * @param picture The picture.
 * @returns A raster: the picture itself where it is one.
 * @throws {RangeError} When a buffer cannot be allocated.
 * @throws {unknown} Where it cannot be read any more.
 */
export async function gatherPicture(picture: Picture): Promise<Raster> {
  return isRaster(picture) ? picture : picture.readPart(wholeRect(picture));
}

/**
 * Whole rows of a picture, only to be read.
 *
 * @param picture The picture.
 * @param y The first row.
 * @param height How many, inside the picture.
 * @returns A raster of these rows; of one in memory it is a view of its samples.
 * @throws {unknown} Where it cannot be read any more.
 */
export async function viewRows(picture: Picture, y: number, height: number): Promise<Raster> {
  const { width } = picture;
  if (!isRaster(picture)) return picture.readPart({ x: 0, y, width, height });
  const data = picture.data.subarray(y * width * 4, (y + height) * width * 4);
  return { ...picture, height, data };
}

/** Takes the pixels of a picture as they come. */
export interface PictureSink {
  /**
   * Writes a part.
   *
   * @param pixels RGBA of the picture's depth, `[height * width * 4]` of the part; read until this settles.
   * @param part Inside the picture.
   */
  write(pixels: Samples, part: Rect): Promise<void> | void;
}

/**
 * Puts what comes into a raster.
 *
 * @param raster Written to.
 * @returns The sink.
 */
export function sinkInto({ data, width }: Raster): PictureSink {
  return {
    write(pixels, part) {
      const stride = part.width * 4;
      for (let y = 0; y < part.height; y++)
        data.set(
          pixels.subarray(y * stride, (y + 1) * stride),
          ((part.y + y) * width + part.x) * 4,
        );
    },
  };
}
