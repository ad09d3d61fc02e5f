import { toEight } from '../../core/picture/depth';
import { isRaster, readPart, type Picture } from '../../core/picture/picture';
import { readReduced } from '../../core/picture/reduce';
import { depthOf, type Raster } from '../../core/picture/raster';
import {
  coverPixels,
  intersect,
  magnify,
  wholeRect,
  type Rect,
  type Size,
} from '../../core/picture/rect';
import { resample } from '../../core/picture/resample';
import { showColours, type ScreenColours } from '../../formats/screen-colours';
import { previewSide, type ViewPart, type ViewRequest } from '../protocol';

/** Above this magnification single pixels are shown as squares. */
const squarePixels = 2;

/** A result, whole or in the making. */
export type ShownResult = {
  readonly picture: Picture;
  /** Its pixels per source pixel. */
  readonly scale: number;
  /**
   * Null when all of it is finished. Else its finished parts in source pixels, and what is shown
   * elsewhere: the running step's input, of the photo's size.
   */
  readonly growth: { readonly finished: readonly Rect[]; readonly input: Raster } | null;
  /** What the finish mixes it with, of the photo's size; the photo itself where it is left out. */
  readonly ground?: Raster;
  /** Whether its colours were meant to be others than the photo's. */
  readonly isRelit?: boolean;
};

/** What there is to be seen of a photo. */
export type Pictures = {
  readonly raster: Raster;
  readonly result: ShownResult | null;
  /** Shown in place of the result while there is one. */
  readonly growing: ShownResult | null;
  readonly screen: ScreenColours | null;
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
 * A part of a picture at another size, filtered by the browser.
 *
 * @param picture Read from.
 * @param rect The part, in its pixels.
 * @param size Size of the bitmap.
 * @param screen How its colours are shown; null where they are what a canvas shows.
 * @returns The bitmap, owned by the caller.
 * @throws {unknown} Where the picture cannot be read any more.
 */
export async function drawPart(
  picture: Picture,
  rect: Rect,
  size: Size,
  screen: ScreenColours | null = null,
): Promise<ImageBitmap> {
  const seen = seenAt(picture, size.width / rect.width);
  const part = coverPixels(magnify(rect, seen.zoom), seen);
  const { pixels, x, y } = await pixelsOf(seen, part);
  const bitmap = await createImageBitmap(pixels, x, y, part.width, part.height, {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
  });
  return screen ? showBitmap(bitmap, screen) : bitmap;
}

/** What of a picture is looked at, and its size. */
type Sight = Size & {
  readonly picture: Picture;
  /** By how much that is reduced as it is read: 1 of one in memory. */
  readonly factor: number;
  /** Its pixels, so reduced, per pixel of the picture. */
  readonly zoom: number;
};

/**
 * What is looked at where so many pixels are seen of one of the picture's own. Only of a whole picture is less read than there is: where
 * neighbours are not there yet, the means of their pixels would be wrong.
 */
function seenAt(picture: Picture, density: number, isWhole = false): Sight {
  const own = { picture, factor: 1, zoom: 1, width: picture.width, height: picture.height };
  if (isRaster(picture) || !picture.reduced) return own;
  const { reduced } = picture;
  const zoom = reduced.width / picture.width;
  if (density > zoom) return own;
  const factor = isWhole ? Math.max(1, Math.floor(zoom / density)) : 1;
  const [width, height] = [reduced.width, reduced.height].map((side) => Math.ceil(side / factor));
  return { picture: reduced, factor, zoom: zoom / factor, width: width!, height: height! };
}

/** Converted when it has the screen's size, which is mostly smaller. */
function showBitmap(bitmap: ImageBitmap, screen: ScreenColours): ImageBitmap {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return showCanvas(context, screen);
}

function showCanvas(
  context: OffscreenCanvasRenderingContext2D,
  screen: ScreenColours,
): ImageBitmap {
  const { width, height } = context.canvas;
  const shown = showColours(context.getImageData(0, 0, width, height), screen);
  empty(context.canvas);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { colorSpace: screen.space })!.putImageData(shown, 0, 0);
  return takeBitmap(canvas);
}

/** What is drawn on a canvas, which is no more used. */
function takeBitmap(canvas: OffscreenCanvas): ImageBitmap {
  const bitmap = canvas.transferToImageBitmap();
  empty(canvas);
  return bitmap;
}

/** Or its memory would wait for the next collection of garbage. */
function empty(canvas: OffscreenCanvas): void {
  canvas.width = canvas.height = 0;
}

/**
 * Draws what the screen asks for, out of the full-size pixels.
 *
 * @param pictures The photo, its result or what there is of it, and how its colours are shown.
 * @param request Side, part and size.
 * @returns The bitmap and the part it covers.
 * @throws {unknown} Where the result cannot be read any more.
 */
export async function drawView(pictures: Pictures, request: ViewRequest): Promise<ViewPart> {
  const { raster: photo, screen } = pictures;
  const result = pictures.growing ?? pictures.result;
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
    const plain = request.side === 'ground' ? (result?.ground ?? photo) : photo;
    const base = after?.growth.input ?? plain;
    if (scale > 1 && density > 1) {
      const full = { width: photo.width * scale, height: photo.height * scale };
      const part = coverPixels(magnify(rect, scale), full);
      const enlarged = resample(base, full, part);
      await paint(context, seenAt(enlarged, 1), { ...part, x: 0, y: 0 }, place(part, scale));
    } else {
      const part = coverPixels(rect, photo);
      await paint(context, seenAt(base, 1), part, place(part, 1));
    }
  }
  if (after) {
    const seen = seenAt(after.picture, density / scale, after.growth === null);
    const seenScale = scale * seen.zoom;
    for (const finished of after.growth?.finished ?? [wholeRect(photo)]) {
      const common = intersect(rect, finished);
      if (!common) continue;
      const part = coverPixels(magnify(common, seenScale), seen);
      await paint(context, seen, part, place(part, seenScale));
    }
  }
  const bitmap = screen ? showCanvas(context, screen) : takeBitmap(canvas);
  return { rect, bitmap };
}

/** A part as canvases take it, and where it lies in that. */
async function pixelsOf(
  { picture, factor }: Sight,
  part: Rect,
): Promise<{ pixels: ImageData; x: number; y: number }> {
  const isWhole = isRaster(picture) && depthOf(picture) === 8;
  const read = () =>
    isRaster(picture) ? readPart(picture, part) : readReduced(picture, part, factor);
  const { data, width, height } = toEight(isWhole ? picture : await read());
  const pixels = new ImageData(data, width, height);
  return isWhole ? { pixels, x: part.x, y: part.y } : { pixels, x: 0, y: 0 };
}

type Placement = Rect & { readonly smooth: boolean };

async function paint(
  context: OffscreenCanvasRenderingContext2D,
  seen: Sight,
  part: Rect,
  to: Placement,
): Promise<void> {
  const { pixels, x, y } = await pixelsOf(seen, part);
  const bitmap = await createImageBitmap(pixels, x, y, part.width, part.height);
  context.imageSmoothingEnabled = to.smooth;
  context.imageSmoothingQuality = 'high';
  context.clearRect(to.x, to.y, to.width, to.height);
  context.drawImage(bitmap, to.x, to.y, to.width, to.height);
  bitmap.close();
}
