import { writePngMetadata } from './png/metadata';
import { PngWriter } from './png/writer';
import { joinBytes } from './metadata/bytes';
import { noMetadata, type Bytes } from './metadata/metadata';

/** How numbers of a photo's own space become what a canvas shows. */
export type ScreenColours = {
  /** The canvas's. */
  readonly space: PredefinedColorSpace;
  /** Red, green and blue for each colour of a grid, of which red moves fastest. */
  readonly grid: Uint8ClampedArray;
};

/** Levels between two of the grid, which divides 255, and how many there are along one side. */
const gap = 5;
const side = 255 / gap + 1;

/**
 * What the browser makes of a profile: a picture of a grid of colours is given it, and read as the browser shows
 * it. So all kinds of profiles are converted that it converts, as it does it.
 *
 * @param profile The photo's own.
 * @returns What it shows; null where that is the numbers themselves, as for sRGB.
 */
export async function readScreenColours(profile: Bytes): Promise<ScreenColours | null> {
  const size = { width: side * side, height: side };
  const levels = new Uint8ClampedArray(size.width * size.height * 4);
  for (let i = 0, at = 0; i < side ** 3; i++, at += 4) {
    levels[at] = (i % side) * gap;
    levels[at + 1] = (Math.floor(i / side) % side) * gap;
    levels[at + 2] = Math.floor(i / side ** 2) * gap;
    levels[at + 3] = 255;
  }
  const writer = new PngWriter(size, { isGray: false, hasAlpha: false, depth: 8 });
  await writer.write(levels);
  const file = joinBytes(await writer.end());
  const told = await writePngMetadata(file, { ...noMetadata, profile });
  const bitmap = await createImageBitmap(new Blob([...told], { type: 'image/png' }));
  const { data, colorSpace } = readWidest(bitmap);
  const grid = new Uint8ClampedArray(side ** 3 * 3);
  let differs = false;
  for (let i = 0; i < side ** 3; i++)
    for (let c = 0; c < 3; c++) {
      const level = data[i * 4 + c]!;
      grid[i * 3 + c] = level;
      differs ||= Math.abs(level - levels[i * 4 + c]!) > 1;
    }
  return differs || colorSpace !== 'srgb' ? { space: colorSpace, grid } : null;
}

/** In Display P3 where canvases can hold that. */
function readWidest(bitmap: ImageBitmap): ImageData {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'display-p3' })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

/**
 * Converts pixels for the screen, between the eight nearest colours of the grid.
 *
 * @param image Numbers of the photo's own space; overwritten.
 * @param colours How they become colours of a canvas.
 * @returns The pixels, for a canvas of any space.
 */
export function showColours(image: ImageData, { space, grid }: ScreenColours): ImageData {
  const { data, width, height } = image;
  const [rise, row, plane] = [3, side * 3, side * side * 3];
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i]! / gap, data[i + 1]! / gap, data[i + 2]! / gap];
    const [r0, g0, b0] = [
      Math.min(r | 0, side - 2),
      Math.min(g | 0, side - 2),
      Math.min(b | 0, side - 2),
    ];
    const [fr, fg, fb] = [r - r0, g - g0, b - b0];
    const from = r0 * rise + g0 * row + b0 * plane;
    for (let c = 0; c < 3; c++) {
      const at = from + c;
      const along = (start: number) => grid[start]! + (grid[start + rise]! - grid[start]!) * fr;
      const near = along(at) + (along(at + row) - along(at)) * fg;
      const far = along(at + plane) + (along(at + plane + row) - along(at + plane)) * fg;
      data[i + c] = near + (far - near) * fb;
    }
  }
  return new ImageData(data, width, height, { colorSpace: space });
}
