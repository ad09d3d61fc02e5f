import { peakOf, roundMean } from '../core/picture/depth';
import { displayOf } from '../core/picture/light';
import { depthOf, type Raster } from '../core/picture/raster';
import { readGrayResponse } from './icc/gray-response';
import { joinBytes } from './metadata/bytes';
import { noMetadata, type Bytes } from './metadata/metadata';
import { writePngMetadata } from './png/metadata';
import { PngWriter } from './png/writer';

/** Levels of eight bits. */
const levels = 256;

/**
 * Converts gray numbers to sRGB's, each level of the picture's depth for itself.
 *
 * @param raster A gray picture in the profile's numbers; overwritten.
 * @param profile A profile of gray. Where it tells its levels otherwise than by one curve, the browser is given a picture of 256
 *   of them, and what lies between two is taken in proportion.
 * @returns Once it is done; where nothing can be made of the profile, the numbers stay.
 */
export async function convertGray({ data, ...raster }: Raster, profile: Bytes): Promise<void> {
  const peak = peakOf(depthOf({ data }));
  const response = readGrayResponse(profile);
  const display = response
    ? (level: number) => displayOf(response(level), 1)
    : await readDisplay(profile).catch(() => null);
  if (!display) return;
  const table = Uint16Array.from({ length: peak + 1 }, (_, i) =>
    roundMean(display(i / peak) * peak),
  );
  for (let i = 0; i < raster.width * raster.height * 4; i += 4)
    data[i] = data[i + 1] = data[i + 2] = table[data[i]!]!;
}

/** What a canvas of sRGB shows of a level, both 0..1. */
async function readDisplay(profile: Bytes): Promise<(level: number) => number> {
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
  return (level) => {
    const place = level * (levels - 1);
    const below = Math.min(levels - 2, Math.floor(place));
    const [low, high] = [seen[below * 4]!, seen[below * 4 + 4]!];
    return (low + (high - low) * (place - below)) / (levels - 1);
  };
}
