import {
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  WebMOutputFormat,
  type AudioCodec,
  type InputAudioTrack,
  type OutputFormat,
  type VideoCodec,
} from 'mediabunny';
import type { ClipContainer } from '../../core/film/clip';

const videoTitles: Readonly<Record<VideoCodec, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
};

const soundTitles: Partial<Record<AudioCodec, string>> = {
  ...{ aac: 'AAC', opus: 'Opus', mp3: 'MP3', vorbis: 'Vorbis', flac: 'FLAC' },
  ...{ ac3: 'AC-3', eac3: 'E-AC-3', dts: 'DTS' },
};

/**
 * What a codec of pictures is called.
 *
 * @param codec One that is known, or null.
 * @param internal What the container calls it.
 * @returns Its proper name; what the container calls it where that is text.
 */
export function videoTitle(codec: VideoCodec | null, internal: unknown = null): string {
  if (codec) return videoTitles[codec];
  return typeof internal === 'string' ? internal : '?';
}

/**
 * What a codec of sound is called.
 *
 * @param codec The codec, or null.
 * @returns Its proper name.
 */
export function soundTitle(codec: AudioCodec | null): string {
  return (codec && soundTitles[codec]) ?? codec?.toUpperCase() ?? '?';
}

/**
 * What writes a container.
 *
 * @param container Which.
 * @param isAppended Whether nothing that was written is written over.
 * @param onHead Is given the description of an MP4 or MOV once it is written, and where it begins: at the file's end unless that is appended. Of a WebM or MKV, the segment up to its first cluster.
 * @returns Its writer's format.
 */
export function outputFormat(
  container: ClipContainer,
  isAppended = false,
  onHead: (head: Uint8Array, position: number) => void = () => undefined,
): OutputFormat {
  const fastStart = isAppended && 'fragmented';
  switch (container) {
    case 'mp4':
      return new Mp4OutputFormat({ fastStart, onMoov: onHead });
    case 'mov':
      return new MovOutputFormat({ fastStart, onMoov: onHead });
    case 'webm':
      return new WebMOutputFormat({ appendOnly: isAppended, onSegmentHeader: onHead });
    case 'mkv':
      return new MkvOutputFormat({ appendOnly: isAppended, onSegmentHeader: onHead });
  }
}

/**
 * Whether a sound can be copied.
 *
 * @param container Where to.
 * @param sound The sound.
 * @returns False where its codec is not known, or the container does not hold it.
 */
export async function holdsSound(
  container: ClipContainer,
  sound: InputAudioTrack,
): Promise<boolean> {
  const codec = await sound.getCodec();
  return codec !== null && outputFormat(container).getSupportedAudioCodecs().includes(codec);
}
