import type { Raster } from '../../core/picture/raster';

/**
 * Reads a picture, reduced where it is large.
 *
 * @param picture Only read.
 * @param mostSide Pixels of the longer side, at most.
 * @param hasAlpha Whether parts of it may be transparent.
 * @returns A raster of its own, in sRGB; null where the browser gives no canvas.
 */
export function readSmall(
  picture: ImageBitmap,
  mostSide: number,
  hasAlpha = false,
): Raster<Uint8ClampedArray<ArrayBuffer>> | null {
  const share = Math.min(1, mostSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * share));
  const height = Math.max(1, Math.round(picture.height * share));
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!pen) return null;
  pen.drawImage(picture, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  return { width, height, data, hasAlpha, space: 'srgb' };
}
