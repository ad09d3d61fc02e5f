import type { Raster, Rect, Size } from '../../core/picture/raster';
import { resample } from '../../core/picture/resample';
import { previewSide, type ViewPart, type ViewRequest } from '../protocol';

/** Above this magnification single pixels are shown as squares. */
const squarePixels = 2;

/** A result, whole or in the making. */
export type ShownResult = {
  readonly raster: Raster;
  /** Its pixels per source pixel. */
  readonly scale: number;
  /**
   * Null when all of it is finished. Else its finished parts in source pixels, and what is shown
   * elsewhere: the running step's input, of the photo's size.
   */
  readonly growth: { readonly finished: readonly Rect[]; readonly input: Raster } | null;
};

/**
 * Size of a photo's preview: its longest side at most `previewSide`, never enlarged.
 *
 * @param size The photo's.
 * @returns The preview's, at least 1x1.
 */
export function previewSize({ width, height }: Size): Size {
  const scale = Math.min(1, previewSide / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/**
 * A rectangle of a picture on the grid of its preview.
 *
 * @param rect In the picture's pixels.
 * @param size The picture's size.
 * @returns The rectangle in preview pixels, its edges rounded, so that neighbours share edges.
 */
export function previewRect(rect: Rect, size: Size): Rect {
  const preview = previewSize(size);
  const x = Math.round((rect.x * preview.width) / size.width);
  const y = Math.round((rect.y * preview.height) / size.height);
  const right = Math.round(((rect.x + rect.width) * preview.width) / size.width);
  const bottom = Math.round(((rect.y + rect.height) * preview.height) / size.height);
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * A part of a raster at another size, filtered by the browser.
 *
 * @param raster Read from.
 * @param rect The part, in its pixels.
 * @param size Size of the bitmap.
 * @returns The bitmap, owned by the caller.
 */
export function drawPart(raster: Raster, rect: Rect, size: Size): Promise<ImageBitmap> {
  const pixels = new ImageData(raster.data, raster.width, raster.height);
  return createImageBitmap(pixels, rect.x, rect.y, rect.width, rect.height, {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
  });
}

/**
 * Draws what the screen asks for, out of the full-size pixels.
 *
 * @param photo The photo.
 * @param result Its result, if there is one.
 * @param request Side, part and size.
 * @returns The bitmap and the part it covers.
 */
export async function drawView(
  photo: Raster,
  result: ShownResult | null,
  request: ViewRequest,
): Promise<ViewPart> {
  const { rect, size } = request;
  const canvas = new OffscreenCanvas(Math.max(1, size.width), Math.max(1, size.height));
  const context = canvas.getContext('2d')!;
  const place = (part: Rect, scale: number): Placement => {
    const zoomX = size.width / rect.width;
    const zoomY = size.height / rect.height;
    return {
      x: (part.x / scale - rect.x) * zoomX,
      y: (part.y / scale - rect.y) * zoomY,
      width: (part.width / scale) * zoomX,
      height: (part.height / scale) * zoomY,
      smooth: zoomX / scale <= squarePixels,
    };
  };
  const density = size.width / rect.width;
  const scale = result?.scale ?? 1;

  const after = request.side === 'after' ? result : null;
  if (after?.growth !== null) {
    const base = after?.growth.input ?? photo;
    if (scale > 1 && density > 1) {
      const part = cover(rect, scale, photo);
      const full = { width: photo.width * scale, height: photo.height * scale };
      const plain = resample(base, full, part);
      await paint(context, plain, { ...part, x: 0, y: 0 }, place(part, scale));
    } else {
      const part = cover(rect, 1, photo);
      await paint(context, base, part, place(part, 1));
    }
  }
  if (after)
    for (const finished of after.growth?.finished ?? [{ x: 0, y: 0, ...sizeOf(photo) }]) {
      const common = intersect(rect, finished);
      if (!common) continue;
      const part = cover(common, scale, photo);
      await paint(context, after.raster, part, place(part, scale));
    }
  return { rect, bitmap: canvas.transferToImageBitmap() };
}

type Placement = Rect & { readonly smooth: boolean };

async function paint(
  context: OffscreenCanvasRenderingContext2D,
  raster: Raster,
  part: Rect,
  to: Placement,
): Promise<void> {
  const pixels = new ImageData(raster.data, raster.width, raster.height);
  const bitmap = await createImageBitmap(pixels, part.x, part.y, part.width, part.height);
  context.imageSmoothingEnabled = to.smooth;
  context.imageSmoothingQuality = 'high';
  context.clearRect(to.x, to.y, to.width, to.height);
  context.drawImage(bitmap, to.x, to.y, to.width, to.height);
  bitmap.close();
}

/** The whole pixels, on a grid `scale` times the photo's, under a rectangle in source pixels. */
function cover(rect: Rect, scale: number, photo: Size): Rect {
  const x = Math.max(0, Math.floor(rect.x * scale));
  const y = Math.max(0, Math.floor(rect.y * scale));
  const right = Math.min(photo.width * scale, Math.ceil((rect.x + rect.width) * scale));
  const bottom = Math.min(photo.height * scale, Math.ceil((rect.y + rect.height) * scale));
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

function intersect(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
