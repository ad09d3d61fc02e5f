import type { FileFault } from '../../core/file-fault';
import type { ClipContainer } from '../../core/film/clip';
import { ChosenFile } from './chosen-file';
import { ClipFile } from './clip-file';
import type { ClipMade, ClipPlace } from './clip-run';

/** A clip that was made, and where it lies. */
export type PlacedClip = {
  readonly made: ClipMade;
  /** Null where memory holds it. */
  readonly place: ClipPlace | null;
  readonly file: Blob;
  /** Why it does not lie in the file that was chosen, or on the disk at all; null where it does. */
  readonly lost: FileFault | null;
};

/** How a clip comes into a place. */
export type Placing = {
  /** Makes it; asked again, for another place, where a file takes no more: what was made before is known then. */
  readonly make: (place: ClipPlace | null) => Promise<ClipMade>;
  /** The file that was chosen takes no more, or that of the origin's private file system. */
  readonly onLost: (fault: FileFault) => void;
  /** Deletes what can be done without, once the disk is full. */
  readonly makeRoom: () => Promise<void>;
};

/**
 * Writes a clip into the file that was chosen, else, and where that takes no more, into one of the origin's private file system, else into memory.
 *
 * @param container Of which container it is.
 * @param into The file that was chosen; null where none was.
 * @param placing How.
 * @returns The clip; its place is the caller's.
 * @throws {unknown} What making it fails with; then nothing is left of it.
 */
export async function placeClip(
  container: ClipContainer,
  into: FileSystemFileHandle | null,
  placing: Placing,
): Promise<PlacedClip> {
  let lost: FileFault | null = null;
  for (const open of [() => into && ChosenFile.open(into), () => ownFile(container, placing)]) {
    const place = await open();
    if (!place) continue;
    const placed = place.fault === null ? await fill(place, placing) : null;
    if (placed) return { ...placed, lost };
    lost ??= place.fault!;
    placing.onLost(lost);
  }
  const made = await placing.make(null);
  return { made, place: null, file: made.blob!, lost };
}

async function ownFile(container: ClipContainer, { makeRoom }: Placing): Promise<ClipFile | null> {
  const file = await ClipFile.create(container);
  file?.whenFull(makeRoom);
  return file;
}

/** Makes it there; null where the place takes no more. */
async function fill(place: ClipPlace, { make }: Placing): Promise<Omit<PlacedClip, 'lost'> | null> {
  try {
    const made = await make(place);
    return { made, place, file: await place.finish() };
  } catch (error) {
    await place.remove();
    if (place.fault === null) throw error;
    return null;
  }
}
