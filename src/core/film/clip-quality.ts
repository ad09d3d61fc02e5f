import type { Size } from '../picture/rect';

/** How the pictures of a clip are coded: so that they look as before, in fewer bits, or in so many bits a second. */
export type ClipQuality = 'same' | 'smaller' | number;

/** What {@link ClipQuality} may be by name. */
export const clipQualities = ['same', 'smaller'] as const satisfies readonly ClipQuality[];

/** Bits a second that may be asked for, the least and the most. */
export const bitRates = [1e5, 2e8] as const;

/** What an encoder is told: bits a second, or how much it keeps, 0..1. */
export type CodingRate = { readonly bitrate: number } | { readonly quality: number };

/**
 * Bits for a pixel of Full HD with which H.264 from a browser's own encoder looks as before, and those with which it is plainly smaller;
 * smaller pictures take more.
 */
const bitsForPixel = { same: 0.3, smaller: 0.12 } as const;

/** What encoders keep that are told so, of 0..1: with the lower VP9 takes 46 to 72 % of the bits, more where there is noise or little but edges. */
const kept = { same: 1, smaller: 0.35 } as const;

/** What is coded. */
export type CodedClip = Size & {
  /** Pictures a second; 0 where that is not known. */
  readonly frameRate: number;
  /** Whether its encoder is told how many bits to take, and not what to keep. */
  readonly isByBitRate: boolean;
};

/**
 * Says what an encoder is told for a quality.
 *
 * @param quality What is asked for.
 * @param clip What is coded.
 * @returns What it is told; whole bits.
 */
export function codingRate(quality: ClipQuality, clip: CodedClip): CodingRate {
  if (typeof quality === 'number') return { bitrate: Math.round(quality) };
  if (!clip.isByBitRate) return { quality: kept[quality] };
  const pixels = clip.width * clip.height;
  const bits = bitsForPixel[quality] * (2e6 / pixels) ** 0.25;
  return { bitrate: Math.ceil(bits * pixels * Math.min(60, clip.frameRate || 30)) };
}
