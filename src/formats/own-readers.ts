import { EnhanceError } from '../core/errors';
import { formats, type PhotoFormat } from '../core/format';
import type { Raster } from '../core/picture/raster';
import { throwAltered } from '../integrity/fetch-checked';
import { loadJxlReader } from './codecs';
import type { ImageHeader } from './header';
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
type Loader = (header: Pick<ImageHeader, 'press'>) => Promise<OwnReader>;

const readers: Partial<Record<PhotoFormat, Loader>> = {
  jxl: async () => {
    const [{ readJxlPixels }, read] = await Promise.all([import('./jxl/pixels'), loadJxlReader()]);
    return async (bytes) => ({ ...readJxlPixels(bytes, read), isWhole: true });
  },
  tiff: async ({ press }) => {
    const { readTiffPixels } = await import('./tiff/pixels');
    return async (bytes, profile, signal) => {
      const { veil, ...picture } = await readTiffPixels(bytes, signal);
      if (press) {
        const { convertPress } = await import('./press/read');
        await convertPress(picture, press, profile, veil).catch((error: unknown) => {
          throw missing('tiff', error);
        });
        return picture;
      }
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
 * @param header The file's: its format, and what its numbers say.
 * @returns A reader; null where the browser's decoder is asked.
 * @throws {EnhanceError} `codec-missing` where it could not be fetched; `file-altered`.
 */
export async function loadOwnReader(header: ImageHeader): Promise<OwnReader | null> {
  const { format } = header;
  try {
    return (await readers[format]?.(header)) ?? null;
  } catch (error) {
    throw missing(format, error);
  }
}

function missing(format: PhotoFormat, error: unknown): EnhanceError {
  throwAltered(error);
  const { title } = formats[format];
  return new EnhanceError('codec-missing', { format: title, cause: String(error) });
}
