import type { InputAudioTrack } from 'mediabunny';
import type { Note } from '../../core/notes';
import { CleanedSound, type CleaningWish } from './cleaned-sound';
import type { ClipSound } from './clip-sound';
import { holdsSound, soundTitle } from './codecs';
import { CopiedSound } from './copied-sound';

/** Sounds on their way into a container, and what became of those that stay behind. */
export type BegunSounds = {
  readonly sounds: readonly ClipSound[];
  readonly notes: readonly Note[];
};

/**
 * Makes ready to write sounds: they are copied where the container holds them and nothing is to be cleaned, and else encoded anew. What cannot be is
 * copied as it is, or left out where the container does not hold it.
 *
 * @param tracks The sounds, in their order.
 * @param wish How.
 * @returns The sounds that are written.
 * @throws {Error} As {@link CleanedSound.begin}.
 */
export async function beginSounds(
  tracks: readonly InputAudioTrack[],
  wish: CleaningWish,
): Promise<BegunSounds> {
  const sounds: ClipSound[] = [];
  const notes: Note[] = [];
  for (const begun of await Promise.all(tracks.map((track) => beginSound(track, wish))))
    if ('addTo' in begun) sounds.push(begun);
    else notes.push(begun);
  return { sounds, notes };
}

async function beginSound(track: InputAudioTrack, wish: CleaningWish): Promise<ClipSound | Note> {
  const { container, origin, strength } = wish;
  const isHeld = await holdsSound(container, track);
  if (isHeld && strength === 0) return new CopiedSound(track, origin);
  const begun = await CleanedSound.begin(track, wish);
  if (typeof begun !== 'string') return begun;
  const facts = { lack: begun, codec: soundTitle(await track.getCodec()) };
  return isHeld
    ? new CopiedSound(track, origin, { note: 'speech-as-it-was', facts })
    : { note: 'sound-left-out', facts };
}
