import { depthOf, type Raster } from '../core/picture/raster';
import { joinBytes } from './metadata/bytes';
import { noMetadata, type Bytes } from './metadata/metadata';
import { writePngMetadata } from './png/metadata';
import { PngWriter } from './png/writer';

/** Levels of eight bits. */
const levels = 256;

/**
 * Converts gray numbers to sRGB's by what the browser makes of their profile: it is given a picture of all levels.
 *
 * @param raster A gray picture in the profile's numbers; overwritten. Of 16 bits, what lies between two of the 256
 *   levels is taken in proportion.
 * @param profile A profile of gray.
 * @returns Once it is done; where the browser makes nothing of the profile, the numbers stay.
 */
export async function convertGray({ data, ...raster }: Raster, profile: Bytes): Promise<void> {
  const curve = await readCurve(profile).catch(() => null);
  if (!curve) return;
  const gap = depthOf({ data }) === 16 ? 257 : 1;
  const table = Uint16Array.from({ length: gap === 1 ? levels : 2 ** 16 }, (_, i) => {
    const below = Math.floor(i / gap);
    const [low, high] = [curve[below]!, curve[Math.min(levels - 1, below + 1)]!];
    return Math.round((low + (high - low) * (i / gap - below)) * gap);
  });
  for (let i = 0; i < raster.width * raster.height * 4; i += 4)
    data[i] = data[i + 1] = data[i + 2] = table[data[i]!]!;
}

/** What a canvas of sRGB shows of each level. */
async function readCurve(profile: Bytes): Promise<readonly number[]> {
  const size = { width: levels, height: 1 };
  const writer = new PngWriter(size, { isGray: true, hasAlpha: false, depth: 8 });
  await writer.write(Uint8ClampedArray.from({ length: levels * 4 }, (_, i) => i >> 2));
  const file = joinBytes(await writer.end());
  const told = await writePngMetadata(file, { ...noMetadata, profile });
  const bitmap = await createImageBitmap(new Blob([...told], { type: 'image/png' }));
  const context = new OffscreenCanvas(levels, 1).getContext('2d', { colorSpace: 'srgb' })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const seen = context.getImageData(0, 0, levels, 1, { colorSpace: 'srgb' }).data;
  return Array.from({ length: levels }, (_, i) => seen[i * 4]!);
}
