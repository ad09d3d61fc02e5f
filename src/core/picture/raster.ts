import type { Rect, Size } from './rect';

/** Interleaved RGBA, 8 bits a channel, straight (not premultiplied) alpha, rows top to bottom. */
export type Raster = Size & {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** False where every alpha is 255, so that alpha need not be resampled or encoded. */
  readonly hasAlpha: boolean;
};

/**
 * A black, fully transparent raster.
 *
 * @param size Its size.
 * @param hasAlpha Whether alpha will carry information.
 * @returns A raster that owns a new buffer of 4 bytes a pixel.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function createRaster({ width, height }: Size, hasAlpha: boolean): Raster {
  return { width, height, hasAlpha, data: new Uint8ClampedArray(width * height * 4) };
}

/**
 * A copy of a rectangle.
 *
 * @param source Read from.
 * @param rect The rectangle, inside `source`.
 * @returns A raster of the rectangle's size that owns a new buffer.
 */
export function cropRaster(source: Raster, rect: Rect): Raster {
  const out = createRaster(rect, source.hasAlpha);
  for (let row = 0; row < rect.height; row++) {
    const start = ((rect.y + row) * source.width + rect.x) * 4;
    out.data.set(source.data.subarray(start, start + rect.width * 4), row * rect.width * 4);
  }
  return out;
}
