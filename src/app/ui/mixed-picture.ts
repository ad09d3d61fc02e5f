import { blendPixels } from '../../core/picture/blend';

/**
 * Draws a result at a strength as the stage and Save mix it, to the byte.
 *
 * @param pen Draws on a canvas; its space is that of both pictures.
 * @param plain What is seen at strength 0.
 * @param enhanced What is seen at strength 1, of the same size.
 * @param strength 0..1.
 * @param at Where the pictures' upper left corner lies on the canvas, in whole pixels.
 */
export function drawMixed(
  pen: CanvasRenderingContext2D,
  plain: ImageBitmap,
  enhanced: ImageBitmap,
  strength: number,
  at: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): void {
  if (strength === 1) {
    pen.clearRect(at.x, at.y, enhanced.width, enhanced.height);
    pen.drawImage(enhanced, at.x, at.y);
    return;
  }
  const [from, to] = [plain, enhanced].map((picture) => readPixels(picture, pen));
  if (!from || !to) return;
  blendPixels(from.data, to.data, strength, to.data);
  pen.putImageData(to, at.x, at.y);
}

function readPixels(picture: ImageBitmap, like: CanvasRenderingContext2D): ImageData | null {
  const { width, height } = picture;
  const { colorSpace = 'srgb' } = like.getContextAttributes();
  const settings = { willReadFrequently: true, colorSpace };
  const pen = new OffscreenCanvas(width, height).getContext('2d', settings);
  pen?.drawImage(picture, 0, 0);
  return pen?.getImageData(0, 0, width, height) ?? null;
}
