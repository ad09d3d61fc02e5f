import { peakOf } from './depth';
import { depthOf, type Raster, type Samples } from './raster';
import type { Rect } from './rect';

/**
 * Writes the means of squares of a part's pixels to where the part lies in a picture that is so much smaller. What is transparent
 * has no say in a square's colour.
 *
 * @param reduced Written to.
 * @param pixels RGBA of the same depth, `[height * width * 4]` of the part.
 * @param part Where they lie in the large picture; all of it multiples of `factor`.
 * @param factor Side of a square, a whole number.
 */
export function reduceInto(reduced: Raster, pixels: Samples, part: Rect, factor: number): void {
  const full = peakOf(depthOf(reduced));
  const [left, top] = [part.x / factor, part.y / factor];
  for (let y = 0; y < part.height / factor; y++) {
    let to = ((top + y) * reduced.width + left) * 4;
    for (let x = 0; x < part.width / factor; x++, to += 4) {
      let [red, green, blue, cover] = [0, 0, 0, 0];
      for (let v = 0; v < factor; v++) {
        let at = ((y * factor + v) * part.width + x * factor) * 4;
        for (let u = 0; u < factor; u++, at += 4) {
          const alpha = pixels[at + 3]!;
          red += alpha * pixels[at]!;
          green += alpha * pixels[at + 1]!;
          blue += alpha * pixels[at + 2]!;
          cover += alpha;
        }
      }
      const share = cover || full;
      reduced.data[to] = Math.round(red / share);
      reduced.data[to + 1] = Math.round(green / share);
      reduced.data[to + 2] = Math.round(blue / share);
      reduced.data[to + 3] = Math.round(cover / factor ** 2);
    }
  }
}
