import { isGray } from '../core/picture/gray';
import type { Raster } from '../core/picture/raster';
import type { ImageHeader } from './header';
import { readProfileSpace } from './icc/profile';
import type { Bytes } from './metadata/metadata';

/** What a photo's numbers mean, on its way to the files that are made of it. */
export type Colours = {
  /** The photo's ICC profile, which its raster's numbers are in; null where these are sRGB. */
  readonly profile: Bytes | null;
  /**
   * Whether the photo is all gray, and so are its results. Files that can hold one sample a pixel then do, but for those
   * with the profile, which is one of three.
   */
  readonly isGray: boolean;
};

/** Of what has no profile and some colour. */
export const plainColours: Colours = { profile: null, isGray: false };

/**
 * Whether a photo stays in its own space: its pixels are then read as they are in the file.
 *
 * @param header The file's header.
 * @param header.format Whose reader may know of no colours.
 * @param header.colourEdits What keeps a decoder from acting upon its profile.
 * @param header.press Where its numbers are none of a space of red, green and blue.
 * @param profile Its ICC profile, if it has one.
 * @returns True for a profile of red, green and blue.
 */
export function staysInOwnSpace(
  { format, colourEdits, press }: Pick<ImageHeader, 'format' | 'colourEdits' | 'press'>,
  profile: Bytes | null,
): profile is Bytes {
  const givesOwn = !press && (format === 'tiff' || colourEdits.length > 0);
  return profile !== null && givesOwn && readProfileSpace(profile) === 'rgb';
}

/**
 * The colours of a photo that was read.
 *
 * @param raster Its pixels.
 * @param profile The profile that they are in, or null.
 * @returns Its colours.
 */
export function coloursOf(raster: Raster, profile: Bytes | null): Colours {
  return { profile, isGray: isGray(raster) };
}
