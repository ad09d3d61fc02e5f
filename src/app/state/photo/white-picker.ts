import { balanceOf, toneGains, type LightOf } from '../../../core/frame/tone';
import { lightTable } from '../../../core/picture/light';
import type { Size } from '../../../core/picture/rect';
import { neutralTone, type Tone } from '../../../core/recipe/tone';
import type { Viewport } from './viewport';

/** A point of the stage, in device pixels. */
type Point = { readonly x: number; readonly y: number };

/** Pixels of a picture, RGBA in 8 bits. */
type Pixels = Size & { readonly data: Uint8ClampedArray };

/** Levels beyond which a colour is cut, or too dark to have one that is known. */
const known = [12, 250] as const;

/**
 * Where on a photo a point of the stage lies.
 *
 * @param at The point.
 * @param view What is looked at.
 * @param photo The photo's size.
 * @returns 0..1 across and down; null beside the photo.
 */
export function shareAt(
  at: Point,
  { stage, zoom, x, y }: Viewport,
  { width, height }: Size,
): Point | null {
  const across = (x + (at.x - stage.width / 2) / zoom) / width;
  const down = (y + (at.y - stage.height / 2) / zoom) / height;
  const isInside = Math.min(across, down) >= 0 && Math.max(across, down) < 1;
  return isInside ? { x: across, y: down } : null;
}

/**
 * The tone in which some pixels are gray.
 *
 * @param pixels Of a place that is to be gray, as the tone shows them; their mean counts.
 * @param tone The tone; its brightness, shadows and highlights stay, which change no colour's shares.
 * @returns Another tone; null where that place is too dark, or so bright that its colour is cut.
 */
export function balanceBy({ data }: Pixels, tone: Tone = neutralTone): Tone | null {
  const light = lightTable(8);
  const sum = [0, 0, 0];
  let levels = 0;
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    for (let c = 0; c < 3; c++) {
      sum[c]! += light[data[i + c]!]!;
      levels = Math.max(levels, data[i + c]!);
    }
    count++;
  }
  if (count === 0 || levels < known[0] || levels > known[1]) return null;
  const gains = toneGains({ ...neutralTone, temperature: tone.temperature, tint: tone.tint });
  // As the photo itself has it; what is none of a colour has nearly none.
  const colour = gains.map((gain, c) => Math.max(1e-4, sum[c]! / count) / gain);
  return { ...tone, ...balanceOf(colour as unknown as LightOf) };
}
