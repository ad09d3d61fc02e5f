import type { Rect } from '../../core/picture/rect';
import { tintUnits, type Tint, type TintStroke } from '../../core/recipe/tint';

/** Widths of a line that stands for a stroke, and of its rim, in CSS pixels. */
const lineWidth = 3;
const rimWidth = 1.5;

/** What stands for no colour. */
const noColour = '#8c8c8c';

/**
 * Draws where strokes lie: a thin line in the colour of each, so that what they do is seen beside it; one that is being
 * painted, as wide as it is.
 *
 * @param pen Of an empty canvas, as large as the stage.
 * @param tint The strokes; null for none.
 * @param placed Where the photo lies on the stage.
 * @param draft A stroke that goes on; null for none.
 * @param ratio Device pixels per CSS pixel.
 */
export function drawStrokes(
  pen: CanvasRenderingContext2D,
  tint: Tint | null,
  placed: Rect,
  draft: TintStroke | null,
  ratio: number,
): void {
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const stroke of tint?.strokes ?? []) {
    const path = trace(stroke, placed);
    for (const [colour, width] of [
      ['rgb(0 0 0 / 60%)', lineWidth + 2 * rimWidth],
      ['#ffffff', lineWidth + rimWidth],
      [stroke.colour ?? noColour, lineWidth],
    ] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = width * ratio;
      pen.stroke(path);
    }
  }
  if (!draft) return;
  pen.globalAlpha = 0.7;
  pen.strokeStyle = draft.colour ?? noColour;
  pen.lineWidth = Math.max(
    1,
    2 * (draft.radius / tintUnits) * Math.max(placed.width, placed.height),
  );
  pen.stroke(trace(draft, placed));
}

function trace({ points }: TintStroke, { x, y, width, height }: Rect): Path2D {
  const path = new Path2D();
  for (let i = 0; i < points.length; i += 2) {
    const at = [
      x + (points[i]! / tintUnits) * width,
      y + (points[i + 1]! / tintUnits) * height,
    ] as const;
    if (i === 0) path.moveTo(...at);
    // A single place is a dot: a line without length, with round ends.
    path.lineTo(...at);
  }
  return path;
}
