import { EnhanceError } from '../core/errors';
import { formats, type PhotoFormat } from '../core/format';
import type { Raster } from '../core/picture/raster';
import { loadJxlReader } from './codecs';
import { readProfileSpace } from './icc/profile';
import type { Bytes } from './metadata/metadata';

/** A picture as its file stores it, not turned, and whether all of it was there. */
export type OwnPicture = Raster & { readonly isWhole: boolean };

/**
 * Reads a whole file's picture: in its profile's numbers where that is one of red, green and blue, else in sRGB's.
 *
 * @throws {EnhanceError} Where nothing of it can be read.
 * @throws {DOMException} The signal's reason.
 */
export type OwnReader = (
  bytes: Bytes,
  profile: Bytes | null,
  signal?: AbortSignal,
) => Promise<OwnPicture>;

/** Readers of what most browsers do not know, fetched when a file needs them. */
const readers: Partial<Record<PhotoFormat, () => Promise<OwnReader>>> = {
  jxl: async () => {
    const [{ readJxlPixels }, read] = await Promise.all([import('./jxl/pixels'), loadJxlReader()]);
    return async (bytes) => ({ ...readJxlPixels(bytes, read), isWhole: true });
  },
  tiff: async () => {
    const { readTiffPixels } = await import('./tiff/pixels');
    return async (bytes, profile, signal) => {
      const picture = await readTiffPixels(bytes, signal);
      if (!profile || readProfileSpace(profile) !== 'gray') return picture;
      const { convertGray } = await import('./gray-curve');
      await convertGray(picture, profile);
      return picture;
    };
  },
};

/**
 * What reads a format in the browser's place.
 *
 * @param format The format.
 * @returns A reader; null where the browser's decoder is asked.
 * @throws {EnhanceError} `codec-missing` where it could not be fetched.
 */
export async function loadOwnReader(format: PhotoFormat): Promise<OwnReader | null> {
  try {
    return (await readers[format]?.()) ?? null;
  } catch (error) {
    const { title } = formats[format];
    throw new EnhanceError('codec-missing', { format: title, cause: String(error) });
  }
}
