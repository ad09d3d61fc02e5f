import { EncodedPacketSink, VideoSampleSink, type InputVideoTrack } from 'mediabunny';
import type { ClipStretch, ThumbnailWish } from '../../core/film/clip';

/** Pictures of a clip up to which all of them are decoded for its thumbnails; of longer clips only those are that need no other. */
const mostDecoded = 400;

/** A thumbnail, and of which places it is the picture, from 0 on. */
export type Thumbnail = { readonly places: readonly number[]; readonly bitmap: ImageBitmap };

/**
 * Small pictures from all over a clip, in their order, decoded as they are asked for. Their colours are the browser's.
 *
 * @param track Its pictures.
 * @param clip Where it begins and ends, and its mean rate.
 * @param wish How many, and how large.
 * @returns The pictures, each owned by the receiver. One that cannot be decoded is left out.
 */
export async function* thumbnailsOf(
  track: InputVideoTrack,
  clip: ClipStretch & { readonly frameRate: number },
  { count, height }: ThumbnailWish,
): AsyncGenerator<Thumbnail, void, undefined> {
  const pictures = new VideoSampleSink(track);
  const spread = placesOf(clip, count);
  const isShort = (clip.to - clip.from) * clip.frameRate <= mostDecoded;
  const times = isShort ? spread.map((at, i) => [at, [i]] as const) : await keysOf(track, spread);
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
  const width = Math.max(1, Math.round((height * size.width) / size.height));
  // Of times in their order no picture is decoded twice.
  const samples = isShort ? pictures.samplesAtTimestamps(spread) : null;
  try {
    for (const [at, places] of times) {
      const next = samples ? (await samples.next()).value : await pictures.getSample(at);
      if (!next) continue;
      const canvas = new OffscreenCanvas(width, height);
      next.draw(canvas.getContext('2d')!, 0, 0, width, height);
      next.close();
      yield { places, bitmap: canvas.transferToImageBitmap() };
    }
  } finally {
    await samples?.return();
  }
}

/** The middles of equal parts. */
function placesOf({ from, to }: ClipStretch, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + ((i + 0.5) * (to - from)) / count);
}

/** The pictures that need no other and are shown before some times, each once, with those times' places. */
async function keysOf(
  track: InputVideoTrack,
  times: readonly number[],
): Promise<readonly (readonly [number, readonly number[]])[]> {
  const packets = new EncodedPacketSink(track);
  const keys = new Map<number, number[]>();
  for (const [place, at] of times.entries()) {
    const key = await packets.getKeyPacket(at, { metadataOnly: true });
    if (!key) continue;
    keys.set(key.timestamp, [...(keys.get(key.timestamp) ?? []), place]);
  }
  return [...keys];
}
