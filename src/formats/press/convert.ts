import type { Samples } from '../../core/picture/raster';
import type { Bytes } from '../metadata/metadata';
import type { Lcms } from './lcms';

/**
 * What numbers say of a colour: how much of four inks, or, as JPEGs have them, how little; lightness and two opponent colours, in the
 * encoding of ICC's version 4; or a gray level.
 */
export type NumberKind = 'cmyk' | 'cmyk-inverted' | 'lab' | 'gray';

/** LittleCMS's words for pixels of four samples, of which some are not looked at. `lcms2.h`. */
const layout = (space: number, used: number, inverted = 0) =>
  (space << 16) | (inverted << 13) | ((4 - used) << 7) | (used << 3);
const layouts: Readonly<Record<NumberKind, number>> = {
  cmyk: layout(6, 4),
  'cmyk-inverted': layout(6, 4, 1),
  lab: layout(10, 3),
  gray: layout(3, 1),
};
const rgb = layout(4, 3);

/** Relative colorimetric: white paper becomes white. */
const intent = 1;

/** Black ink becomes black; tables of more places than usual. */
const flags = 0x2000 | 0x0400;

/** Pixels that are in its memory at once. */
const step = 2 ** 16;

/**
 * Converts numbers of a press, of CIE Lab or of gray to sRGB: relative colorimetric, with black point compensation.
 *
 * @param lcms The engine.
 * @param kind What the numbers say.
 * @param profile What they mean; null for CIE Lab of D50, which needs none.
 * @param data Four samples a pixel, of 8 or 16 bits; overwritten with red, green and blue. The fourth stays what it was.
 * @returns False where nothing can be made of the profile; then the numbers stay.
 */
export function convertNumbers(
  lcms: Lcms,
  kind: NumberKind,
  profile: Bytes | null,
  data: Samples,
): boolean {
  const input = profile ? openProfile(lcms, profile) : lcms._cmsCreateLab4Profile(0);
  if (!input) return false;
  const output = lcms._cmsCreate_sRGBProfile();
  const bytes = data.BYTES_PER_ELEMENT;
  const from = layouts[kind] | bytes;
  const transform = lcms._cmsCreateTransform(input, from, output, rgb | bytes, intent, flags);
  lcms._cmsCloseProfile(input);
  lcms._cmsCloseProfile(output);
  if (!transform) return false;
  const place = lcms._malloc(step * 4 * bytes);
  const all = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < all.length; at += step * 4 * bytes) {
    const part = all.subarray(at, at + step * 4 * bytes);
    lcms.HEAPU8.set(part, place);
    lcms._cmsDoTransform(transform, place, place, part.length / (4 * bytes));
    part.set(lcms.HEAPU8.subarray(place, place + part.length));
  }
  lcms._free(place);
  lcms._cmsDeleteTransform(transform);
  return true;
}

function openProfile(lcms: Lcms, profile: Bytes): number {
  const place = lcms._malloc(profile.length);
  lcms.HEAPU8.set(profile, place);
  // It makes a copy of its own.
  const opened = lcms._cmsOpenProfileFromMem(place, profile.length);
  lcms._free(place);
  return opened;
}

/**
 * Inks of which no profile says what they look like: each takes its own third of the light away, and black all.
 *
 * @param data Cyan, magenta, yellow and black, 0 for none; overwritten with red, green and blue. The fourth stays what it was.
 */
export function convertPlainInks(data: Samples): void {
  const peak = 2 ** (8 * data.BYTES_PER_ELEMENT) - 1;
  for (let i = 0; i < data.length; i += 4) {
    const light = peak - data[i + 3]!;
    for (let c = i; c < i + 3; c++) data[c] = Math.round(((peak - data[c]!) * light) / peak);
  }
}
