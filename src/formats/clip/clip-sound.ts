import type { BaseTrackMetadata, InputAudioTrack, Output } from 'mediabunny';
import type { Note } from '../../core/notes';

/** A sound on its way from one clip to another. */
export interface ClipSound {
  /** What becomes of it otherwise than was asked; null for nothing. */
  readonly note: Note | null;
  /**
   * Announces it, before anything is written.
   *
   * @param output What is written.
   */
  addTo(output: Output): Promise<void>;
  /**
   * Brings it as far as the pictures are.
   *
   * @param seconds Of the clip's own time: all that begins before.
   */
  copyUntil(seconds: number): Promise<void>;
  /**
   * Ends it.
   *
   * @param seconds As before; Infinity for all that there is.
   */
  end(seconds: number): Promise<void>;
  /** Lets go of it: what it came to is no clip. */
  cancel(): Promise<void>;
}

/**
 * What a sound says of itself, which goes with it.
 *
 * @param track The sound.
 * @returns Its language, name and disposition.
 */
export async function aboutSound(track: InputAudioTrack): Promise<BaseTrackMetadata> {
  const [languageCode, name, disposition] = await Promise.all([
    ...([track.getLanguageCode(), track.getName()] as const),
    track.getDisposition(),
  ]);
  return { languageCode, ...(name && { name }), disposition };
}
