import { framedSize, invertMap, mapPoint, photoMap } from '../frame/geometry';
import type { Size } from '../picture/rect';
import type { Mask } from '../recipe/finish';
import type { Frame } from '../recipe/frame';
import { createMask } from './mask-brush';

/** A frame before and after it was changed; left out for the photo as it is. */
export type FrameChange = {
  readonly from: Frame | undefined;
  readonly to: Frame | undefined;
  /** Size of the photo without a frame. */
  readonly photo: Size;
};

/**
 * A mask that was painted in one frame of a photo, for another frame of it: what it says of a place in the photo stays.
 *
 * @param mask The mask; not changed.
 * @param change The frames.
 * @param outside What lies where the earlier frame had nothing, 0..255; by default what its nearest edge says.
 * @returns A new one, on the grid that the framed picture's masks are painted on.
 */
export function reframeMask(mask: Mask, { from, to, photo }: FrameChange, outside?: number): Mask {
  const earlier = framedSize(from, photo);
  const framed = framedSize(to, photo);
  const out = createMask(framed, 0);
  const [toPhoto, toEarlier] = [photoMap(to, photo), invertMap(photoMap(from, photo))];
  const { width, height, values } = mask;
  const [perX, perY] = [width / earlier.width, height / earlier.height];
  for (let row = 0, i = 0; row < out.height; row++)
    for (let column = 0; column < out.width; column++, i++) {
      const x = ((column + 0.5) * framed.width) / out.width;
      const y = ((row + 0.5) * framed.height) / out.height;
      const [left, top] = mapPoint(toEarlier, ...mapPoint(toPhoto, x, y));
      const [across, down] = [Math.floor(left * perX), Math.floor(top * perY)];
      const isInside = across >= 0 && across < width && down >= 0 && down < height;
      const nearest = clamp(down, height) * width + clamp(across, width);
      out.values[i] = isInside || outside === undefined ? values[nearest]! : outside;
    }
  return out;
}

function clamp(at: number, length: number): number {
  return Math.min(length - 1, Math.max(0, at));
}
