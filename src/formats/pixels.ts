import { EnhanceError } from '../core/errors';
import { createRaster, type Raster8 } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';

/** Size of the reading window, in pixels: 16 MB, and within every browser's canvas limits. */
const reach: Size = { width: 4096, height: 1024 };

/**
 * Reads a bitmap's pixels out: opaque ones straight into the raster where the browser has WebCodecs, else window by window, so that
 * no canvas limit on width, height or area applies.
 *
 * @param bitmap Read from; stays the caller's to close.
 * @param hasAlpha False where the picture is known to be opaque.
 * @param signal Cancels between windows.
 * @returns A raster in sRGB that owns a new buffer. Colour under low alpha is rounded, because a
 *   canvas holds premultiplied values.
 * @throws {EnhanceError} `out-of-memory` where the raster or the window cannot be allocated.
 * @throws {DOMException} The signal's reason.
 */
export async function readPixels(
  bitmap: ImageBitmap,
  hasAlpha: boolean,
  signal?: AbortSignal,
): Promise<Raster8> {
  const { width, height } = bitmap;
  const raster = allocateRaster({ width, height }, hasAlpha);
  const isRead = !hasAlpha && (await copyOpaque(bitmap, raster));
  signal?.throwIfAborted();
  if (!isRead) readWindows(bitmap, raster, signal);
  return raster;
}

/** How a frame's opaque samples lie in memory, each with a byte that says nothing. */
const layouts = ['BGRX', 'RGBX'];

/**
 * Copies opaque pixels straight to where they belong. What a canvas gives is a copy of each window, which waits for the next
 * collection of garbage, as does the canvas: with 20 megapixels 60 MB.
 *
 * @returns False where this browser cannot, or would have to convert; the raster is to be written anew then.
 */
async function copyOpaque(bitmap: ImageBitmap, { data, width }: Raster8): Promise<boolean> {
  const frame = openFrame(bitmap);
  if (!frame) return false;
  const { format } = frame;
  try {
    if (!format || !layouts.includes(format) || !isAsSeen(frame)) return false;
    await frame.copyTo(data, { layout: [{ offset: 0, stride: width * 4 }] });
  } catch {
    return false;
  } finally {
    frame.close();
  }
  orderSamples(data, format === 'BGRX');
  return true;
}

/** Null in browsers without WebCodecs, and beyond the sizes that those take. */
function openFrame(bitmap: ImageBitmap): VideoFrame | null {
  try {
    return new VideoFrame(bitmap, { timestamp: 0 });
  } catch {
    return null;
  }
}

/** What browsers since 2025 say of a frame besides, which they copy as it is stored, not as it is seen. */
type Turned = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

/** Whether a frame's numbers are sRGB's, and lie as they are seen: the pixels of a JPEG that its EXIF turns do not. */
function isAsSeen({ colorSpace, rotation, flip }: Turned): boolean {
  const { primaries, transfer, matrix, fullRange } = colorSpace;
  const isSrgb = primaries === 'bt709' && transfer === 'iec61966-2-1' && matrix === 'rgb';
  return isSrgb && fullRange === true && rotation === 0 && flip === false;
}

/** To red, green, blue and full alpha, four bytes at a time: every engine counts from the lowest. */
function orderSamples({ buffer, byteOffset, length }: Raster8['data'], isBgr: boolean): void {
  const pixels = new Uint32Array(buffer, byteOffset, length / 4);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i]!;
    const swapped = (pixel & 0xff00) | ((pixel >>> 16) & 0xff) | ((pixel & 0xff) << 16);
    pixels[i] = (isBgr ? swapped : pixel) | 0xff000000;
  }
}

function readWindows(bitmap: ImageBitmap, raster: Raster8, signal?: AbortSignal): void {
  const { width, height, hasAlpha } = raster;
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
