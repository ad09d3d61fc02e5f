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

/** Levels between two of a grid, which divide 255: of the one that pixels are converted by, and of a first look. */
const gaps = { fine: 5, coarse: 51 } as const;

/** Colours of the fine grid along one side. */
const side = 255 / gaps.fine + 1;

/**
 * What the browser makes of a profile: a picture of a grid of colours is given it, and read as the browser shows
 * it. So all kinds of profiles are converted that it converts, as it does it.
 *
 * @param profile The photo's own.
 * @returns What it shows; null where that is the numbers themselves, as for sRGB, or where the browser makes
 *   nothing of the profile.
 */
export async function readScreenColours(profile: Bytes): Promise<ScreenColours | null> {
  try {
    // Most profiles are sRGB's: a few colours tell.
    const { drawn, seen } = await seeGrid(profile, gaps.coarse, 'srgb');
    if (drawn.every((level, i) => Math.abs(level - seen.data[i]!) <= 1)) return null;
    const { data, colorSpace } = (await seeGrid(profile, gaps.fine, 'display-p3')).seen;
    return { space: colorSpace, grid: data.filter((_, i) => i % 4 < 3) };
  } catch {
    return null;
  }
}

/** A grid's numbers as RGBA, and what a canvas shows of them: one of the space, where canvases can be that. */
async function seeGrid(
  profile: Bytes,
  gap: number,
  colorSpace: PredefinedColorSpace,
): Promise<{ drawn: Uint8ClampedArray; seen: ImageData }> {
  const along = 255 / gap + 1;
  const [width, height] = [along * along, along];
  const drawn = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, at = 0; i < along ** 3; i++, at += 4) {
    drawn[at] = (i % along) * gap;
    drawn[at + 1] = (Math.floor(i / along) % along) * gap;
    drawn[at + 2] = Math.floor(i / along ** 2) * gap;
    drawn[at + 3] = 255;
  }
  const writer = new PngWriter({ width, height }, { isGray: false, hasAlpha: false, depth: 8 });
  await writer.write(drawn);
  const file = joinBytes(await writer.end());
  const told = await writePngMetadata(file, { ...noMetadata, profile });
  const bitmap = await createImageBitmap(new Blob([...told], { type: 'image/png' }));
  const context = new OffscreenCanvas(width, height).getContext('2d', { colorSpace })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { drawn, seen: context.getImageData(0, 0, width, height) };
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
    const { fine } = gaps;
    const [r, g, b] = [data[i]! / fine, data[i + 1]! / fine, data[i + 2]! / fine];
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
