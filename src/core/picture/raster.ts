import type { Rect, Size } from './rect';

/** Bits that a sample may have. */
export const depths = [8, 16] as const;

/** Bits of a sample. */
export type Depth = (typeof depths)[number];

/** Samples of a picture: 8 bits each, 0..255, or 16 bits each, 0..65535. */
export type Samples = Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/**
 * What a picture's numbers mean: sRGB, or what the photo's own profile says. All are encoded for display, not
 * linear; nothing between opening and saving need know more.
 */
export type ColourSpace = 'srgb' | 'own';

/** Interleaved RGBA, straight (not premultiplied) alpha, rows top to bottom. */
export type Raster<S extends Samples = Samples> = Size & {
  readonly data: S;
  /** False where every alpha is full, so that alpha need not be resampled or encoded. */
  readonly hasAlpha: boolean;
  readonly space: ColourSpace;
};

/** What canvases, codecs of 8 bits and the measuring of photos take; see `toEight` in `depth`. */
export type Raster8 = Raster<Uint8ClampedArray<ArrayBuffer>>;

type SamplesOf<D extends Depth> = Extract<Samples, D extends 8 ? Uint8ClampedArray : Uint16Array>;

/**
 * The depth of a picture.
 *
 * @param raster The picture, or anything with its samples.
 * @returns Its bits a sample.
 */
export function depthOf({ data }: Pick<Raster, 'data'>): Depth {
  return data instanceof Uint16Array ? 16 : 8;
}

/**
 * What a picture takes.
 *
 * @param size Its size.
 * @param depth Its bits a sample.
 * @returns Bytes of its samples.
 */
export function bytesOf({ width, height }: Size, depth: Depth): number {
  return (width * height * 4 * depth) / 8;
}

/**
 * A black, fully transparent sRGB raster.
 *
 * @param size Its size.
 * @param hasAlpha Whether alpha will carry information.
 * @param depth Its bits a sample; 8 by default.
 * @returns A raster that owns a new buffer of 4 samples a pixel.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function createRaster<D extends Depth = 8>(
  { width, height }: Size,
  hasAlpha: boolean,
  depth?: D,
): Raster<SamplesOf<D>> {
  const samples = depth === 16 ? Uint16Array : Uint8ClampedArray;
  const data = new samples(width * height * 4) as SamplesOf<D>;
  return { width, height, hasAlpha, space: 'srgb', data };
}

/**
 * A black, fully transparent raster of another's kind: its depth, space and whether it has alpha.
 *
 * @param source The other.
 * @param size The new one's size; the source's by default.
 * @returns A raster that owns a new buffer.
 * @throws {RangeError} When the buffer cannot be allocated.
 */
export function createLike<S extends Samples>(source: Raster<S>, size: Size = source): Raster<S> {
  const { hasAlpha, space } = source;
  const { width, height, data } = createRaster(size, hasAlpha, depthOf(source));
  return { width, height, hasAlpha, space, data: data as S };
}

/**
 * A copy of a rectangle of a picture that goes on beyond each edge with its opposite side, without end.
 *
 * @param source Read from.
 * @param rect The rectangle, anywhere.
 * @returns A raster of the rectangle's size that owns a new buffer.
 */
export function cropEndless<S extends Samples>(source: Raster<S>, rect: Rect): Raster<S> {
  const out = createLike(source, rect);
  const { width, height } = source;
  for (let row = 0; row < rect.height; row++)
    for (let column = 0; column < rect.width;) {
      const x = modulo(rect.x + column, width);
      const run = Math.min(width - x, rect.width - column);
      const start = (modulo(rect.y + row, height) * width + x) * 4;
      out.data.set(source.data.subarray(start, start + run * 4), (row * rect.width + column) * 4);
      column += run;
    }
  return out;
}

function modulo(n: number, length: number): number {
  return ((n % length) + length) % length;
}

/**
 * A copy of a rectangle.
 *
 * @param source Read from.
 * @param rect The rectangle, inside `source`.
 * @returns A raster of the rectangle's size that owns a new buffer.
 */
export function cropRaster<S extends Samples>(source: Raster<S>, rect: Rect): Raster<S> {
  const out = createLike(source, rect);
  for (let row = 0; row < rect.height; row++) {
    const start = ((rect.y + row) * source.width + rect.x) * 4;
    out.data.set(source.data.subarray(start, start + rect.width * 4), row * rect.width * 4);
  }
  return out;
}
