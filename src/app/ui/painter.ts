import type { Rect, Size } from '../../core/picture/rect';
import { fadeMs, type Layers, type Side } from '../state/photo/layers.svelte';
import { placePart, placePhoto, type Viewport } from '../state/photo/viewport';

/** Everything one frame depends on. */
export type Scene = {
  readonly viewport: Viewport;
  readonly photo: Size;
  readonly layers: Layers;
  readonly hasAlpha: boolean;
  /** 0..1: how much of the network's result is shown on the after side. */
  readonly strength: number;
  /** True to show pixels as squares. */
  readonly pixelated: boolean;
  /** Pixels of the finest picture per source pixel: 1, or the result's scale. */
  readonly native: number;
  /** True while tiles are arriving. */
  readonly growing: boolean;
  /** The frame's time, as `performance.now()` counts it. */
  readonly now: number;
};

type Context = CanvasRenderingContext2D;
type Picture = ImageBitmap | OffscreenCanvas;

const checkSide = 8;

/** The two greys behind transparent parts: neutral, and apart from both themes' surfaces. */
const checkColours = ['#ffffff', '#cccccc'] as const;

function drawInto(context: Context, picture: Picture, at: Rect): void {
  context.drawImage(picture, at.x, at.y, at.width, at.height);
}

/**
 * Adds a blend of two pictures to an empty area: premultiplied sums, so that it is exact for transparent
 * pictures too, where drawing one over the other would not be.
 */
function drawBlend(
  context: Context,
  plain: Picture,
  enhanced: Picture,
  strength: number,
  at: Rect,
): void {
  if (strength >= 1) return drawInto(context, enhanced, at);
  context.globalCompositeOperation = 'lighter';
  context.globalAlpha = 1 - strength;
  drawInto(context, plain, at);
  context.globalAlpha = strength;
  drawInto(context, enhanced, at);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}

function drawBase(context: Context, side: Side, scene: Scene, placed: Rect): void {
  const { before, after, fading } = scene.layers;
  if (!before) return;
  // The squares of a base that is coarser than the picture are nobody's pixels: a detail is on its way.
  const finest = (side === 'after' && after ? after : before).width;
  context.imageSmoothingEnabled = !scene.pixelated || finest < scene.photo.width * scene.native;
  if (side === 'before' || !after) return drawInto(context, before, placed);
  drawBlend(context, before, after, scene.strength, placed);
  for (const { rect, bitmap, since } of fading) {
    context.globalAlpha = Math.min(1, Math.max(0, (scene.now - since) / fadeMs)) * scene.strength;
    drawInto(context, bitmap, placePart(placed, scene.photo, rect));
  }
  context.globalAlpha = 1;
}

function drawDetail(context: Context, side: Side, scene: Scene, placed: Rect): void {
  const { before, after } = scene.layers.details;
  const detail = side === 'after' && scene.layers.after ? after : before;
  if (!detail) return;
  const at = placePart(placed, scene.photo, detail.rect);
  if (detail !== after || scene.strength >= 1) {
    context.clearRect(at.x, at.y, at.width, at.height);
    drawInto(context, detail.bitmap, at);
    return;
  }
  // Without the same part of the plain side there is nothing to blend with: the base must do.
  if (!before || JSON.stringify(before.rect) !== JSON.stringify(after.rect)) return;
  context.clearRect(at.x, at.y, at.width, at.height);
  drawBlend(context, before.bitmap, after.bitmap, scene.strength, at);
}

function drawCheckerboard(context: Context, at: Rect): void {
  const tile = new OffscreenCanvas(checkSide * 2, checkSide * 2);
  const pen = tile.getContext('2d');
  if (!pen) return;
  pen.fillStyle = checkColours[0];
  pen.fillRect(0, 0, tile.width, tile.height);
  pen.fillStyle = checkColours[1];
  pen.fillRect(0, 0, checkSide, checkSide);
  pen.fillRect(checkSide, checkSide, checkSide, checkSide);
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return;
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = pattern;
  context.fillRect(at.x, at.y, at.width, at.height);
  context.globalCompositeOperation = 'source-over';
}

/**
 * Draws one side of the comparison, whole: the base, what is known more finely over it, and a checkerboard
 * behind transparent parts.
 *
 * @param canvas The side's canvas; made as large as the stage.
 * @param side Which side.
 * @param scene What to draw.
 */
export function paintSide(canvas: HTMLCanvasElement, side: Side, scene: Scene): void {
  const { width, height } = scene.viewport.stage;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  // Better smoothing makes mipmaps of the whole base, tens of milliseconds for every tile of a run.
  context.imageSmoothingQuality = scene.growing && side === 'after' ? 'low' : 'medium';
  const placed = placePhoto(scene.viewport, scene.photo);
  drawBase(context, side, scene, placed);
  context.imageSmoothingEnabled = !scene.pixelated;
  drawDetail(context, side, scene, placed);
  if (scene.hasAlpha) drawCheckerboard(context, placed);
}
