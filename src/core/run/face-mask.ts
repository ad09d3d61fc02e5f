import { framedSize, invertMap, mapPoint, photoMap } from '../frame/geometry';
import type { Size } from '../picture/rect';
import { isAnyGentle, type Face } from '../recipe/faces';
import type { Finish, Mask } from '../recipe/finish';
import { createMask } from './mask-brush';
import type { FrameChange } from './mask-frame';

/** Half axes of a face's ellipse, in sides of its box, which holds brows, chin and cheeks. */
const axes = { across: 0.65, down: 0.75 };

/** Share of the way from its middle to its edge from which a face's treatment fades out. */
const fadesFrom = 0.6;

/**
 * A finish whose faces are in its mask, which is all that those who work pixels know of: so the screen, a GPU and Save do the same.
 *
 * @param finish The finish; not changed.
 * @param whole Size of the result, or of the photo.
 * @returns The same where no face is treated gently. Else one without faces, whose mask is multiplied with each face's amount
 *   in its ellipse, feathered; where faces meet, with the least.
 */
export function layFaces(finish: Finish, whole: Size): Finish {
  if (!isAnyGentle(finish.faces)) return finish;
  const grid = finish.mask ?? createMask(whole, 255);
  const shares = new Uint8Array(grid.values.length).fill(255);
  for (const face of finish.faces) if (face.isGentle) drawFace(shares, grid, face);
  if (finish.mask)
    for (let i = 0; i < shares.length; i++)
      shares[i] = Math.round((shares[i]! * grid.values[i]!) / 255);
  return { ...finish, mask: { ...grid, values: shares }, faces: [] };
}

function drawFace(shares: Uint8Array, { width, height }: Size, face: Face): void {
  const radius = { x: axes.across * face.width * width, y: axes.down * face.height * height };
  const middle = { x: (face.x + face.width / 2) * width, y: (face.y + face.height / 2) * height };
  const last = Math.min(height, Math.ceil(middle.y + radius.y));
  const end = Math.min(width, Math.ceil(middle.x + radius.x));
  for (let y = Math.max(0, Math.floor(middle.y - radius.y)); y < last; y++)
    for (let x = Math.max(0, Math.floor(middle.x - radius.x)); x < end; x++) {
      const across = (x + 0.5 - middle.x) / radius.x;
      const down = (y + 0.5 - middle.y) / radius.y;
      const way = (1 - Math.hypot(across, down)) / (1 - fadesFrom);
      const inside = Math.min(1, Math.max(0, way));
      const share = 1 - inside * inside * (3 - 2 * inside) * (1 - face.amount);
      const i = y * width + x;
      shares[i] = Math.min(shares[i]!, Math.round(255 * share));
    }
}

/** Lays faces once for many pictures: a mask that nobody has changed is the same one. */
export class FaceLayer {
  #last: { readonly from: Finish; readonly whole: Size; readonly mask: Mask | null } | null = null;

  /**
   * As {@link layFaces}.
   *
   * @param finish The finish.
   * @param whole Size of the result.
   * @returns A finish without faces that change anything.
   */
  lay(finish: Finish, whole: Size): Finish {
    const last = this.#last;
    const isSame =
      last?.from.faces === finish.faces &&
      last.from.mask === finish.mask &&
      last.whole.width === whole.width &&
      last.whole.height === whole.height;
    if (isSame) return { ...finish, mask: last.mask, faces: [] };
    const laid = layFaces(finish, whole);
    this.#last = { from: finish, whole, mask: laid.mask };
    return laid;
  }
}

/**
 * Faces that were found in one frame of a photo, for another frame of it: each stays where it is in the photo, also where the frame
 * cuts it off, so that it is there again with the whole.
 *
 * @param faces The faces; not changed.
 * @param change The frames.
 * @returns New ones.
 */
export function reframeFaces(
  faces: readonly Face[],
  { from, to, photo }: FrameChange,
): readonly Face[] {
  const [earlier, framed] = [framedSize(from, photo), framedSize(to, photo)];
  const [toPhoto, toFramed] = [photoMap(from, photo), invertMap(photoMap(to, photo))];
  const map = (x: number, y: number) => mapPoint(toFramed, ...mapPoint(toPhoto, x, y));
  return faces.map((face) => {
    const half = { x: (face.width * earlier.width) / 2, y: (face.height * earlier.height) / 2 };
    const [x, y] = [face.x * earlier.width + half.x, face.y * earlier.height + half.y];
    const [left, top] = map(x, y);
    const [acrossX, acrossY] = map(x + half.x, y);
    const [downX, downY] = map(x, y + half.y);
    // Of the turned ellipse.
    const width = 2 * Math.hypot(acrossX - left, downX - left);
    const height = 2 * Math.hypot(acrossY - top, downY - top);
    return {
      ...face,
      ...{ x: (left - width / 2) / framed.width, y: (top - height / 2) / framed.height },
      ...{ width: width / framed.width, height: height / framed.height },
    };
  });
}
