import type { Rect, Size } from '../../core/picture/rect';
import type { Mask } from '../../core/recipe/finish';
import { isMarked, unmarked } from '../../core/recipe/marks';

/** Longest side of what the veil is drawn from: it need not be sharp. */
const mostSide = 512;

/** How much of the veil is seen where nothing is applied, of 255. */
const densest = 80;

/** Device pixels from one line of the veil to the next. */
const lineGap = 16;

/**
 * Draws what a mask protects: fine lines over it, dark and light, which are seen on any picture and leave its
 * colours alone.
 *
 * @param canvas The veil; made as large as the stage.
 * @param mask The mask, or null for an empty veil.
 * @param stage Size of the stage in device pixels.
 * @param placed Where the photo lies on it.
 */
export function paintVeil(
  canvas: HTMLCanvasElement,
  mask: Mask | null,
  stage: Size,
  placed: Rect,
): void {
  canvas.width = stage.width;
  canvas.height = stage.height;
  const pen = canvas.getContext('2d');
  if (!pen || !mask) return;
  pen.imageSmoothingQuality = 'low';
  pen.drawImage(drawProtected(mask), placed.x, placed.y, placed.width, placed.height);
  const lines = pen.createPattern(drawLines(), 'repeat');
  if (!lines) return;
  pen.globalCompositeOperation = 'source-in';
  pen.fillStyle = lines;
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

/** Longest side of what marks are drawn from. */
const mostMarkedSide = 1024;

/** How much of the marks' colour is seen, of 255. */
const markDensity = 170;

/**
 * Draws what is marked in one colour; also what is finer than a pixel of the stage is seen.
 *
 * @param canvas The veil; made as large as the stage.
 * @param marks What is marked, or undefined for an empty veil.
 * @param stage Size of the stage in device pixels.
 * @param placed Where the photo lies on it.
 * @param colour Of CSS.
 */
export function paintMarks(
  canvas: HTMLCanvasElement,
  marks: Mask | undefined,
  stage: Size,
  placed: Rect,
  colour: string,
): void {
  canvas.width = stage.width;
  canvas.height = stage.height;
  const pen = canvas.getContext('2d');
  if (!pen || !marks) return;
  pen.imageSmoothingQuality = 'low';
  pen.drawImage(drawMarked(marks), placed.x, placed.y, placed.width, placed.height);
  pen.globalCompositeOperation = 'source-in';
  pen.fillStyle = colour;
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

/** What is marked, as alpha: the most of each block. */
function drawMarked({ width, height, values }: Mask): OffscreenCanvas {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / mostMarkedSide));
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step) };
  const image = new ImageData(size.width, size.height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (!isMarked(values[i]!)) continue;
      const to = (Math.floor(y / step) * size.width + Math.floor(x / step)) * 4 + 3;
      const alpha = ((values[i]! - unmarked) / (255 - unmarked)) * markDensity;
      image.data[to] = Math.max(image.data[to]!, alpha);
    }
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/** What a mask protects, as alpha. */
function drawProtected({ width, height, values }: Mask): OffscreenCanvas {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / mostSide));
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step) };
  const image = new ImageData(size.width, size.height);
  for (let y = 0, i = 3; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i += 4)
      image.data[i] = ((255 - values[y * step * width + x * step]!) * densest) / 255;
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

function drawLines(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(lineGap, lineGap);
  const pen = canvas.getContext('2d');
  if (!pen) return canvas;
  for (const [colour, at] of [
    ['#000000', 0],
    ['#ffffff', lineGap / 2],
  ] as const)
    for (const shift of [-lineGap, 0, lineGap]) {
      pen.strokeStyle = colour;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(at + shift - 2, lineGap + 2);
      pen.lineTo(at + shift + lineGap + 2, -2);
      pen.stroke();
    }
  return canvas;
}
