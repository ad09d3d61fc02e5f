import { photoMap } from '../../core/frame/geometry';
import { createRaster, type Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import type { RowSource } from '../../core/picture/rows';
import type { Frame } from '../../core/recipe/frame';

/**
 * A gain map for another picture of its photo: framed as that is and enlarged by as much, straight between its own numbers, as
 * viewers look them up. Where the picture was made smaller it keeps its detail.
 *
 * @param map The photo's, upright; only read.
 * @param photo The photo's size, upright.
 * @param frame What was cut out of the photo; left out for all of it.
 * @param framed The size of that.
 * @param saved The size of the picture.
 * @returns Its rows, drawn as they are read.
 */
export function drawGainMap(
  map: Raster8,
  photo: Size,
  frame: Frame | undefined,
  framed: Size,
  saved: Size,
): RowSource {
  const [across, down] = [map.width / photo.width, map.height / photo.height];
  const isOnItsSide = frame !== undefined && frame.turns % 2 === 1;
  const grow = (length: number, wanted: number, share: number) =>
    Math.max(1, Math.round(Math.max(length, wanted) * share));
  const width = grow(framed.width, saved.width, isOnItsSide ? down : across);
  const height = grow(framed.height, saved.height, isOnItsSide ? across : down);
  const [a, b, c, d, e, f] = photoMap(frame, photo);
  const read = (from: number, count: number) => {
    const out = createRaster<8>({ width, height: count }, false, 8);
    for (let y = 0; y < count; y++)
      for (let x = 0; x < width; x++) {
        const u = ((x + 0.5) / width) * framed.width;
        const v = ((from + y + 0.5) / height) * framed.height;
        mix(map, (a * u + b * v + c) * across, (d * u + e * v + f) * down, out, y * width + x);
      }
    return out.data;
  };
  return { width, height, hasAlpha: false, space: map.space, depth: 8, read };
}

/** The four pixels round a place, whose edges lie on whole numbers; the edge's own beyond it. */
function mix({ data, width, height }: Raster8, x: number, y: number, out: Raster8, to: number) {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, below] = [x - 0.5 - left, y - 0.5 - top];
  const inside = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  const [x0, x1] = [inside(left, width), inside(left + 1, width)];
  const [y0, y1] = [inside(top, height) * width, inside(top + 1, height) * width];
  for (let channel = 0; channel < 3; channel++) {
    const at = (pixel: number) => data[pixel * 4 + channel]!;
    const above = at(y0 + x0) * (1 - right) + at(y0 + x1) * right;
    const under = at(y1 + x0) * (1 - right) + at(y1 + x1) * right;
    out.data[to * 4 + channel] = Math.round(above * (1 - below) + under * below);
  }
  out.data[to * 4 + 3] = 255;
}
