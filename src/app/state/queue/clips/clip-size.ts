import type { Size } from '../../../../core/picture/rect';
import type { Fit } from '../fit';
import { sizeAsked } from '../result-size';

/** What a clip is taken for whose size nobody knows yet. */
const usualSize: Size = { width: 1280, height: 720 };

/** How the bits of a clip grow with its pixels, as `core/film/clip-quality` tells encoders. */
const growth = 0.75;

/**
 * About how long the file of a clip's result will be: as densely coded as the clip is.
 *
 * @param bytes Of the clip.
 * @param size Of its pictures; null where nobody knows.
 * @param fit What is asked for of it.
 * @returns Bytes; right within a factor of three.
 */
export function guessClipBytes(bytes: number, size: Size | null, fit: Fit): number {
  const from = size ?? usualSize;
  const to = sizeAsked(from, fit);
  return bytes * ((to.width * to.height) / (from.width * from.height)) ** growth;
}
