import type { ImageHeader } from './header';

/** Formats of which the pictures with alpha, or of more than 8 bits, are read by a codec of ours. */
const straight: readonly ImageHeader['format'][] = ['avif', 'png', 'webp'];

/**
 * Whether a photo is read by codecs of ours. What they once took, some hundred megabytes for a large photo, they do not give back for as
 * long as their thread lives.
 *
 * @param header Its header.
 * @returns False where the browser decodes it, or what is read here needs no more than its pixels.
 */
export function usesCodec({ format, hasAlpha, depth, press }: ImageHeader): boolean {
  if (format === 'heic' || format === 'jxl' || press !== undefined) return true;
  return straight.includes(format) && (hasAlpha || depth === 16);
}
