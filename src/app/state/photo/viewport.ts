import {
  coverPixels,
  intersect,
  snapRect,
  wholeRect,
  widen,
  type Rect,
  type Size,
} from '../../../core/picture/rect';
import { mostSharpenReach } from '../../../core/recipe/finish';
import type { ViewRequest } from '../../../worker/protocol';

/**
 * The one matrix that both sides of the comparison share. Source pixel `s` lies at device pixel
 * `(s - centre) * zoom + stage / 2` of the stage.
 */
export type Viewport = {
  /** The stage in device pixels. */
  readonly stage: Size;
  /** Device pixels per source pixel. */
  readonly zoom: number;
  /** The source pixel in the middle of the stage. */
  readonly x: number;
  readonly y: number;
};

/**
 * A part of the photo and the bitmap worth asking for: `rect` in source pixels, inside the photo; `size` in
 * pixels of the wanted bitmap, which covers exactly `rect`.
 */
export type ViewWindow = Omit<ViewRequest, 'side'>;

/**
 * The zoom at which the whole photo just fits.
 *
 * @param photo In source pixels.
 * @param stage In device pixels.
 * @param margin Device pixels left free on each side.
 * @returns Device pixels per source pixel.
 */
export function fitZoom(photo: Size, stage: Size, margin: number): number {
  const width = Math.max(1, stage.width - 2 * margin);
  const height = Math.max(1, stage.height - 2 * margin);
  return Math.min(width / photo.width, height / photo.height);
}

/**
 * Keeps the photo on the stage: centred where it is smaller, without a gap at an edge where it is larger.
 *
 * @param view Any view.
 * @param photo In source pixels.
 * @returns The nearest allowed view at the same zoom.
 */
export function clampView(view: Viewport, photo: Size): Viewport {
  const clampAxis = (value: number, length: number, stage: number): number => {
    const half = stage / 2 / view.zoom;
    return length <= half * 2 ? length / 2 : Math.min(Math.max(value, half), length - half);
  };
  return {
    ...view,
    x: clampAxis(view.x, photo.width, view.stage.width),
    y: clampAxis(view.y, photo.height, view.stage.height),
  };
}

/**
 * Changes the zoom and keeps the source pixel under a point of the stage where it is.
 *
 * @param view The view before.
 * @param zoom The wanted zoom.
 * @param at The point, in device pixels of the stage.
 * @returns The view after, not clamped.
 */
export function zoomAt(
  view: Viewport,
  zoom: number,
  at: { readonly x: number; readonly y: number },
): Viewport {
  const shift = 1 / view.zoom - 1 / zoom;
  return {
    ...view,
    zoom,
    x: view.x + (at.x - view.stage.width / 2) * shift,
    y: view.y + (at.y - view.stage.height / 2) * shift,
  };
}

/**
 * Where the photo lies on the stage, snapped to whole device pixels so that details, bases and the
 * checkerboard meet without a gap.
 *
 * @param view The view.
 * @param photo In source pixels.
 * @returns A rectangle in device pixels; may reach outside the stage.
 */
export function placePhoto(view: Viewport, photo: Size): Rect {
  return {
    x: Math.round(view.stage.width / 2 - view.x * view.zoom),
    y: Math.round(view.stage.height / 2 - view.y * view.zoom),
    width: Math.max(1, Math.round(photo.width * view.zoom)),
    height: Math.max(1, Math.round(photo.height * view.zoom)),
  };
}

/**
 * Where a part of the photo lies on the stage, snapped like {@link placePhoto}.
 *
 * @param placed The whole photo on the stage.
 * @param photo The whole photo in source pixels.
 * @param rect The part, in source pixels.
 * @returns A rectangle in whole device pixels.
 */
export function placePart(placed: Rect, photo: Size, rect: Rect): Rect {
  const { x, y, ...size } = snapRect(rect, photo, placed);
  return { x: placed.x + x, y: placed.y + y, ...size };
}

/**
 * The part of the photo that is on the stage, with what sharpening looks at beside it, and the bitmap worth asking the worker for: one pixel per
 * device pixel, or the picture's own pixels where those are larger than device pixels.
 *
 * @param view The view.
 * @param photo In source pixels.
 * @param native Pixels of the finest picture per source pixel: 1, or the result's scale.
 * @returns The window, or null where no part of the photo is on the stage.
 */
export function visibleWindow(view: Viewport, photo: Size, native: number): ViewWindow | null {
  const placed = placePhoto(view, photo);
  if (!intersect(placed, wholeRect(view.stage))) return null;
  const reach = Math.ceil((mostSharpenReach + 1) * Math.max(1, view.zoom / native));
  const shown = intersect(placed, widen(wholeRect(view.stage), reach))!;
  const perX = photo.width / placed.width;
  const perY = photo.height / placed.height;
  const rect = {
    x: (shown.x - placed.x) * perX,
    y: (shown.y - placed.y) * perY,
    width: shown.width * perX,
    height: shown.height * perY,
  };
  if (view.zoom <= native) return { rect, size: { width: shown.width, height: shown.height } };
  const whole = coverPixels(rect, photo);
  return {
    rect: whole,
    size: { width: whole.width * native, height: whole.height * native },
  };
}
