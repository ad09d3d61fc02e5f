import { intersect, wholeRect, widen, type Rect, type Size } from '../../core/picture/rect';
import { isNeutralFinish, type Finish } from '../../core/recipe/finish';
import { reachOf } from '../../core/run/finish-terms';
import type { ViewPart } from '../../worker/protocol';
import { fadeMs, type Layers, type Side } from '../state/photo/layers.svelte';
import { placePart, placePhoto, type Viewport } from '../state/photo/viewport';
import type { FinishScreen, FinishWork, PlatePen } from './finish-screen';

/** Everything one frame depends on. */
export type Scene = {
  readonly viewport: Viewport;
  readonly photo: Size;
  readonly layers: Layers;
  readonly hasAlpha: boolean;
  /** How the result is finished on the after side. */
  readonly finish: Finish;
  /** True to show pixels as squares. */
  readonly pixelated: boolean;
  /** Pixels of the finest picture per source pixel: 1, or the result's scale. */
  readonly native: number;
  /** True while tiles are arriving. */
  readonly growing: boolean;
  /** The frame's time, as `performance.now()` counts it. */
  readonly now: number;
};

type Pen = CanvasRenderingContext2D | PlatePen;
type Picture = ImageBitmap | OffscreenCanvas;

/** One of the pictures of a photo. */
type PictureName = keyof Layers['details'];

const checkSide = 8;

/** The two greys behind transparent parts: neutral, and apart from both themes' surfaces. */
const checkColours = ['#ffffff', '#cccccc'] as const;

function drawInto(pen: Pen, picture: Picture, at: Rect): void {
  pen.drawImage(picture, at.x, at.y, at.width, at.height);
}

function drawBase(pen: Pen, name: PictureName, scene: Scene, placed: Rect): void {
  const { layers } = scene;
  const { before, after, fading } = layers;
  const base = (name === 'before' ? null : layers[name]) ?? before;
  if (!base) return;
  // The squares of a base that is coarser than the picture are nobody's pixels: a detail is on its way.
  pen.imageSmoothingEnabled = !scene.pixelated || base.width < scene.photo.width * scene.native;
  drawInto(pen, base, placed);
  if (base !== after) return;
  for (const { rect, bitmap, since } of fading) {
    pen.globalAlpha = Math.min(1, Math.max(0, (scene.now - since) / fadeMs));
    drawInto(pen, bitmap, placePart(placed, scene.photo, rect));
  }
  pen.globalAlpha = 1;
}

function drawDetail(pen: Pen, detail: ViewPart | null, scene: Scene, placed: Rect): void {
  if (!detail) return;
  const at = placePart(placed, scene.photo, detail.rect);
  pen.imageSmoothingEnabled = !scene.pixelated;
  pen.clearRect(at.x, at.y, at.width, at.height);
  drawInto(pen, detail.bitmap, at);
}

/** Better smoothing makes mipmaps of the whole base, tens of milliseconds for every tile of a run. */
function smoothingFor({ growing }: Scene): ImageSmoothingQuality {
  return growing ? 'low' : 'medium';
}

function drawSide(pen: Pen, side: Side, scene: Scene, placed: Rect): void {
  const { after, details } = scene.layers;
  pen.imageSmoothingQuality = side === 'after' ? smoothingFor(scene) : 'medium';
  drawBase(pen, side, scene, placed);
  drawDetail(pen, side === 'after' && after ? details.after : details.before, scene, placed);
}

/** What there is to finish of the after side, out of its picture of a part and of what it is mixed with. */
function prepareFinish(
  canvas: HTMLCanvasElement,
  scene: Scene,
  placed: Rect,
  area: Rect,
): FinishWork {
  const { photo, layers, finish, now, native, pixelated, growing } = scene;
  const { after } = layers.details;
  const plain: PictureName = layers.ground ? 'ground' : 'before';
  const before = layers.details[plain];
  // A detail of one side alone would be mixed with what is coarser.
  const isPaired = before && after && JSON.stringify(before.rect) === JSON.stringify(after.rect);
  const whole = { width: photo.width * layers.scale, height: photo.height * layers.scale };
  const { beforeVersion, afterVersion, fading } = layers;
  const facts = [area, placed, beforeVersion, afterVersion, whole, native, pixelated, growing];
  return {
    size: area,
    key: JSON.stringify(fading.length > 0 ? [...facts, now] : facts),
    drawPlate(pen, which) {
      const name = which === 'plain' ? plain : 'after';
      pen.translate(-area.x, -area.y);
      pen.imageSmoothingQuality = smoothingFor(scene);
      drawBase(pen, name, scene, placed);
      if (isPaired) drawDetail(pen, layers.details[name], scene, placed);
    },
    places: {
      columns: findPlaces(area.x - placed.x, area.width, placed.width, whole.width),
      rows: findPlaces(area.y - placed.y, area.height, placed.height, whole.height),
      whole,
      step: whole.width / placed.width,
      space: layers.space,
    },
    finish,
    drift: layers.drift,
    tint: finish.tint && (layers.tint?.map ?? null),
    show(image) {
      const pen = openCanvas(canvas, scene);
      pen?.putImageData(image, area.x, area.y);
      if (pen && scene.hasAlpha) drawCheckerboard(pen, placed);
    },
  };
}

/** The stage, and as much around it as a finish looks at. */
function seenBy({ viewport, photo, layers, finish }: Scene, placed: Rect): Rect {
  const reach = reachOf(finish, (photo.width * layers.scale) / placed.width);
  return widen(wholeRect(viewport.stage), reach);
}

/** Which of the result's pixels each pixel of the screen shows, along one axis. */
function findPlaces(from: number, count: number, shown: number, whole: number): Int32Array {
  const place = (at: number): number => Math.floor(((at + 0.5) * whole) / shown);
  return Int32Array.from({ length: count }, (_, i) => Math.min(place(from + i), whole - 1));
}

function drawCheckerboard(context: CanvasRenderingContext2D, at: Rect): void {
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

/** An empty canvas, as large as the stage. */
function openCanvas(
  canvas: HTMLCanvasElement,
  { viewport, layers }: Scene,
): CanvasRenderingContext2D | null {
  const { width, height } = viewport.stage;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext('2d', { colorSpace: layers.space });
  pen?.clearRect(0, 0, width, height);
  return pen;
}

/**
 * Draws one side of the comparison, whole: the base, what is known more finely over it, the after side
 * with its finish, and a checkerboard behind transparent parts.
 *
 * @param canvas The side's canvas; made as large as the stage.
 * @param side Which side.
 * @param scene What to draw.
 * @param screen Finishes the after side; where that takes a while, the canvas stays as it is until then.
 */
export function paintSide(
  canvas: HTMLCanvasElement,
  side: Side,
  scene: Scene,
  screen: FinishScreen,
): void {
  const placed = placePhoto(scene.viewport, scene.photo);
  const isFinished = side === 'after' && scene.layers.after && !isNeutralFinish(scene.finish);
  const area = isFinished && intersect(placed, seenBy(scene, placed));
  if (area) {
    screen.draw(prepareFinish(canvas, scene, placed, area));
    return;
  }
  if (side === 'after') screen.rest();
  const pen = openCanvas(canvas, scene);
  if (!pen) return;
  drawSide(pen, side, scene, placed);
  if (scene.hasAlpha) drawCheckerboard(pen, placed);
}
