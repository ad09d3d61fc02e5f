import type { Size } from '../picture/rect';

/** The containers of clips that open here, which results are written in, too. */
export const clipContainers = {
  mp4: { title: 'MP4', mime: 'video/mp4', extension: 'mp4' },
  mov: { title: 'MOV', mime: 'video/quicktime', extension: 'mov' },
  webm: { title: 'WebM', mime: 'video/webm', extension: 'webm' },
  mkv: { title: 'MKV', mime: 'video/x-matroska', extension: 'mkv' },
} as const;

/** See {@link clipContainers}. */
export type ClipContainer = keyof typeof clipContainers;

/** What a file chooser takes as `accept`, beside pictures. */
export const acceptedClips = Object.values(clipContainers)
  .flatMap(({ mime, extension }) => [mime, `.${extension}`])
  .join(',');

/** What may lie in a clip beside pictures and sounds. */
export type BesideKind = 'subtitles' | 'chapters';

/** What of a clip may be left out of what is made of it. `metadata`: some of what it says of itself. */
export type LeftKind = BesideKind | 'metadata';

/** What a clip's file says of the clip that it was made of. */
export type ClipMetadataWish = {
  /** Whether it says what that said; else it says nothing at all. */
  readonly keep: boolean;
  /** Whether place, owner and serial numbers are left out, and what only a camera's maker can read, which may hold them. */
  readonly isAnonymous: boolean;
};

/** What is said unless something else is asked for: all that there is. */
export const usualMetadata: ClipMetadataWish = { keep: true, isAnonymous: false };

/** What is known of a clip once it is open: its size is that of its first picture, upright. */
export type ClipFacts = Size & {
  readonly container: ClipContainer;
  /** Of its pictures, by its proper name: "H.264". */
  readonly codec: string;
  /** When the first picture is shown, in seconds; may be negative. */
  readonly from: number;
  /** When the last one ends, in seconds. */
  readonly to: number;
  /** Pictures a second, a mean. */
  readonly frameRate: number;
  /** Whether the pictures are evenly spaced in time. */
  readonly isEven: boolean;
  /** Its sounds, by their codecs' proper names; those that cannot be copied are not among them. */
  readonly sounds: readonly string[];
  /** Sounds that are lost, for no format here holds them. */
  readonly lostSounds: number;
  /** What else of it is not carried over, whatever is written; left out where there is nothing. */
  readonly lost?: readonly BesideKind[];
};

/** A stretch of a clip, in seconds of its own time. */
export type ClipStretch = {
  /** What is shown then is its first picture. */
  readonly from: number;
  /** Nothing that begins then or later is in it. */
  readonly to: number;
};

/** Small pictures from all over a clip that are wanted. */
export type ThumbnailWish = {
  /** How many, evenly spread. */
  readonly count: number;
  /** Of each, in pixels. */
  readonly height: number;
};

/**
 * Where the time of a clip that is made begins.
 *
 * @param stretch What of a clip it is made of.
 * @param clip That clip.
 * @returns Seconds of that clip's own time: a clip from its beginning keeps its own times.
 */
export function originOf(stretch: ClipStretch, clip: Pick<ClipFacts, 'from'>): number {
  return stretch.from > clip.from ? stretch.from : 0;
}
