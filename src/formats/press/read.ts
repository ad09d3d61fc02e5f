import { depthOf, type Raster, type Samples } from '../../core/picture/raster';
import { peakOf } from '../../core/picture/depth';
import { throwAltered } from '../../integrity/fetch-checked';
import { readProfileSpace } from '../icc/profile';
import type { Bytes } from '../metadata/metadata';
import { convertNumbers, convertPlainInks } from './convert';
import { readInkJpeg } from './jpeg';
import { loadLcms } from './lcms';

/**
 * Reads a JPEG of four inks whose profile says what they look like.
 *
 * @param file The file.
 * @param profile Its profile.
 * @returns The picture in sRGB, not turned; null where the browser is to be asked: without such a profile, where the picture is
 *   broken, or where what reads it cannot be downloaded.
 * @throws {EnhanceError} `file-altered` where that is not as it was built.
 */
export async function readPressJpeg(file: Bytes, profile: Bytes | null): Promise<Raster | null> {
  if (!profile || readProfileSpace(profile) !== 'cmyk') return null;
  const tools = Promise.all([loadLcms(), readInkJpeg(file)]);
  const [lcms, raster] = await tools.catch((error: unknown) => {
    throwAltered(error);
    return [null, null];
  });
  if (!lcms || !raster) return null;
  if (!convertNumbers(lcms, 'cmyk-inverted', profile, raster.data)) return null;
  fillAlpha(raster.data, null);
  return raster;
}

/**
 * Converts what a TIFF holds in place of red, green and blue.
 *
 * @param raster Its samples; overwritten with sRGB's.
 * @param kind What they say.
 * @param profile What they mean, if the file tells.
 * @param veil Of inks, which take all four samples, the alpha; null where there is none.
 * @throws {Error} Where the colour engine is needed and cannot be downloaded.
 */
export async function convertPress(
  { data }: Pick<Raster, 'data'>,
  kind: 'cmyk' | 'lab',
  profile: Bytes | null,
  veil: Samples | null,
): Promise<void> {
  if (kind === 'lab') {
    convertNumbers(await loadLcms(), kind, null, data);
    return;
  }
  const isMeant = profile !== null && readProfileSpace(profile) === 'cmyk';
  if (!isMeant || !convertNumbers(await loadLcms(), kind, profile, data)) convertPlainInks(data);
  fillAlpha(data, veil);
}

function fillAlpha(data: Samples, veil: Samples | null): void {
  const peak = peakOf(depthOf({ data }));
  for (let i = 3, at = 0; i < data.length; i += 4, at++) data[i] = veil ? veil[at]! : peak;
}
