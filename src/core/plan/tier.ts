import type { Model } from './tile-size';

/** A photo of today's telephones, in pixels. */
const usualPixels = 12e6;

/** What a person waits for without being asked to, in seconds. */
const mostSeconds = 60;

/**
 * Whether a machine has the pace for a network: whether it would do a photo of 12 megapixels within a minute,
 * the margins of its tiles not counted.
 *
 * @param model The network.
 * @param pace Milliseconds per multiply-accumulate on the machine.
 * @returns True where nobody has to ask for it.
 */
export function isTimely({ macsPerPixel }: Pick<Model, 'macsPerPixel'>, pace: number): boolean {
  return (usualPixels * macsPerPixel * pace) / 1000 <= mostSeconds;
}
