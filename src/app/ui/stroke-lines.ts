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
  for (const stroke of tint?.strokes ?? []) drawLine(pen, stroke, placed, ratio);
  if (!draft) return;
  pen.globalAlpha = 0.7;
  pen.strokeStyle = draft.colour ?? noColour;
  pen.lineWidth = Math.max(
    1,
    2 * (draft.radius / tintUnits) * Math.max(placed.width, placed.height),
  );
  pen.stroke(trace(draft, placed));
}

/**
 * Draws strokes that are only proposed: dashed, each with its number.
 *
 * @param pen Of a canvas as large as the stage.
 * @param proposals The strokes, and their numbers from 0.
 * @param placed Where the photo lies on the stage.
 * @param ratio Device pixels per CSS pixel.
 */
export function drawProposals(
  pen: CanvasRenderingContext2D,
  proposals: readonly { readonly key: number; readonly stroke: TintStroke }[],
  placed: Rect,
  ratio: number,
): void {
  pen.font = `600 ${13 * ratio}px system-ui, sans-serif`;
  pen.globalAlpha = 1;
  for (const { key, stroke } of proposals) {
    pen.setLineDash([6 * ratio, 9 * ratio]);
    drawLine(pen, stroke, placed, ratio);
    pen.setLineDash([]);
    const [x, y] = placeOf(stroke, 0, placed);
    const number = String(key + 1);
    pen.lineWidth = 3 * ratio;
    pen.strokeStyle = '#000000';
    pen.fillStyle = '#ffffff';
    pen.strokeText(number, x, y - 8 * ratio);
    pen.fillText(number, x, y - 8 * ratio);
  }
}

function drawLine(
  pen: CanvasRenderingContext2D,
  stroke: TintStroke,
  placed: Rect,
  ratio: number,
): void {
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

function placeOf(
  { points }: TintStroke,
  i: number,
  { x, y, width, height }: Rect,
): readonly [x: number, y: number] {
  return [x + (points[i]! / tintUnits) * width, y + (points[i + 1]! / tintUnits) * height];
}

function trace(stroke: TintStroke, placed: Rect): Path2D {
  const path = new Path2D();
  for (let i = 0; i < stroke.points.length; i += 2) {
    const at = placeOf(stroke, i, placed);
    if (i === 0) path.moveTo(...at);
    // A single place is a dot: a line without length, with round ends.
    path.lineTo(...at);
  }
  return path;
}
