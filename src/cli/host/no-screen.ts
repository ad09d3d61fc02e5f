/** What the owner of photos draws for the screen where there is none: of the right size, and blank. */
type BlankBitmap = { readonly width: number; readonly height: number; close(): void };

/**
 * Stands for `createImageBitmap`. Files are not decoded by it: that is what codecs are for.
 *
 * @param source Pixels.
 * @param x Left edge of the part, left out for all of it.
 * @param y Its upper edge.
 * @param width Of the part.
 * @param height Of the part.
 * @param size Of the bitmap.
 * @returns A bitmap that shows nothing.
 * @throws {TypeError} Where the source is a file.
 */
export async function makeBlankBitmap(
  source: ImageData | Blob,
  x = 0,
  y = 0,
  width?: number,
  height?: number,
  size: ImageBitmapOptions = {},
): Promise<BlankBitmap> {
  if (source instanceof Blob) throw new TypeError('no decoder');
  const { resizeWidth, resizeHeight } = size;
  return {
    width: resizeWidth ?? width ?? source.width - x,
    height: resizeHeight ?? height ?? source.height - y,
    close: () => undefined,
  };
}

/** Pixels with their size, as `ImageData` has them. */
export class PlainImageData {
  readonly height: number;

  /**
   * @param data RGBA.
   * @param width In pixels.
   * @param height In pixels; as many as there are by default.
   */
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    height?: number,
  ) {
    this.height = height ?? data.length / (4 * width);
  }
}

/** A canvas that cannot be drawn on, which who asks for one is prepared for. */
export class BlankCanvas {
  /**
   * Never anything.
   *
   * @returns Null, as of a canvas that is too large.
   */
  getContext(): null {
    return null;
  }
}
