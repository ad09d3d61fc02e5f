import { EnhanceError } from '../core/errors';
import { createRaster, type Raster8 } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';

/** Size of the reading window, in pixels: 16 MB, and within every browser's canvas limits. */
const reach: Size = { width: 4096, height: 1024 };

/**
 * Reads a bitmap's pixels out window by window, so that no canvas limit on width, height or area
 * applies.
 *
 * @param bitmap Read from; stays the caller's to close.
 * @param hasAlpha False where the picture is known to be opaque.
 * @param signal Cancels between windows.
 * @returns A raster in sRGB that owns a new buffer. Colour under low alpha is rounded, because a
 *   canvas holds premultiplied values.
 * @throws {EnhanceError} `out-of-memory` where the raster or the window cannot be allocated.
 */
export function readPixels(bitmap: ImageBitmap, hasAlpha: boolean, signal?: AbortSignal): Raster8 {
  const { width, height } = bitmap;
  const raster = allocateRaster({ width, height }, hasAlpha);
  const columns = Math.min(reach.width, width);
  const rows = Math.min(reach.height, height);
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d', {
    alpha: hasAlpha,
    willReadFrequently: true,
    colorSpace: 'srgb',
  });
  if (!context) throw outOfMemory({ width, height });
  context.globalCompositeOperation = 'copy';
  context.imageSmoothingEnabled = false;
  for (let y = 0; y < height; y += rows)
    for (let x = 0; x < width; x += columns) {
      signal?.throwIfAborted();
      const part = { width: Math.min(columns, width - x), height: Math.min(rows, height - y) };
      const { width: w, height: h } = part;
      context.drawImage(bitmap, x, y, w, h, 0, 0, w, h);
      const { data } = context.getImageData(0, 0, w, h, { colorSpace: 'srgb' });
      for (let row = 0; row < h; row++)
        raster.data.set(data.subarray(row * w * 4, (row + 1) * w * 4), ((y + row) * width + x) * 4);
    }
  // Its memory would wait for the next collection of garbage.
  canvas.width = canvas.height = 0;
  return raster;
}

function allocateRaster(size: Size, hasAlpha: boolean): Raster8 {
  try {
    return createRaster(size, hasAlpha);
  } catch {
    throw outOfMemory(size);
  }
}

function outOfMemory({ width, height }: Size): EnhanceError {
  return new EnhanceError('no-memory-to-open', { width, height });
}
