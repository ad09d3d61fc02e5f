import { peakOf, roundMean } from '../core/picture/depth';
import { displayOf } from '../core/picture/light';
import { depthOf, type Raster } from '../core/picture/raster';
import { throwAltered } from '../integrity/fetch-checked';
import { readGrayResponse } from './icc/gray-response';
import type { Bytes } from './metadata/metadata';

/**
 * Converts gray numbers to sRGB's, each level of the picture's depth for itself.
 *
 * @param raster A gray picture in the profile's numbers; overwritten.
 * @param profile A profile of gray. Where it tells its levels otherwise than by one curve, the colour engine is asked, which is
 *   fetched then.
 * @returns Once it is done; where nothing can be made of the profile, the numbers stay.
 * @throws {EnhanceError} `file-altered` where the colour engine is not as it was built.
 */
export async function convertGray({ data, ...raster }: Raster, profile: Bytes): Promise<void> {
  const peak = peakOf(depthOf({ data }));
  const response = readGrayResponse(profile);
  const display = response
    ? (level: number) => displayOf(response(level), 1)
    : await readDisplay(profile).catch((error: unknown) => {
        throwAltered(error);
        return null;
      });
  if (!display) return;
  const table = Uint16Array.from({ length: peak + 1 }, (_, i) =>
    roundMean(display(i / peak) * peak),
  );
  for (let i = 0; i < raster.width * raster.height * 4; i += 4)
    data[i] = data[i + 1] = data[i + 2] = table[data[i]!]!;
}

/** What the colour engine makes of each level, both 0..1. */
async function readDisplay(profile: Bytes): Promise<((level: number) => number) | null> {
  const [lcms, { convertNumbers }] = await Promise.all([
    import('./press/lcms').then(({ loadLcms }) => loadLcms()),
    import('./press/convert'),
  ]);
  const peak = peakOf(16);
  const levels = Uint16Array.from({ length: (peak + 1) * 4 }, (_, i) => i >> 2);
  if (!convertNumbers(lcms, 'gray', profile, levels)) return null;
  return (level) => levels[Math.round(level * peak) * 4 + 1]! / peak;
}
