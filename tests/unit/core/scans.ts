import { createLike, type Raster8 } from '../../../src/core/picture/raster';
import type { Size } from '../../../src/core/picture/rect';
import { seedRandom } from './scenes';

/** How a print lies on its page. */
export type Lay = {
  /** Of the page, in levels. */
  readonly page: readonly [red: number, green: number, blue: number];
  /** Degrees that it lies askew, clockwise. */
  readonly tilt: number;
  /** Its middle, in pixels of the page. */
  readonly x: number;
  readonly y: number;
  /** Levels of noise that the scanner adds to the page; 0 for one colour. */
  readonly noise: number;
};

/**
 * A scan of prints on a page.
 *
 * @param print What is printed; only read.
 * @param size Of the scan.
 * @param lays Where each of the prints lies; the page is that of the first.
 * @returns A raster of its own.
 */
export function drawScan(print: Raster8, size: Size, lays: readonly Lay[]): Raster8 {
  const scan = createLike(print, size);
  const [first] = lays;
  const random = seedRandom(7);
  for (let y = 0, to = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, to += 4) {
      const noise = first!.noise * (random() + random() - 1);
      for (let c = 0; c < 3; c++) scan.data[to + c] = first!.page[c]! + noise;
      scan.data[to + 3] = 255;
      for (const lay of lays) layPixel(scan, to, print, placeOn(lay, print, x + 0.5, y + 0.5));
    }
  return scan;
}

/** Where a place of the page lies on a print. */
function placeOn({ tilt, x, y }: Lay, print: Size, column: number, row: number) {
  const radians = (tilt * Math.PI) / 180;
  const [across, down] = [column - x, row - y];
  return {
    x: Math.cos(radians) * across + Math.sin(radians) * down + print.width / 2,
    y: Math.cos(radians) * down - Math.sin(radians) * across + print.height / 2,
  };
}

/** Over the page, as much as its edge covers. */
function layPixel(scan: Raster8, to: number, print: Raster8, { x, y }: { x: number; y: number }) {
  const cover = Math.min(x + 0.5, y + 0.5, print.width - x + 0.5, print.height - y + 0.5, 1);
  if (cover <= 0) return;
  const column = Math.min(print.width - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(print.height - 1, Math.max(0, Math.floor(y)));
  const from = 4 * (row * print.width + column);
  for (let c = 0; c < 3; c++)
    scan.data[to + c]! += cover * (print.data[from + c]! - scan.data[to + c]!);
}
