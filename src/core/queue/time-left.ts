/** What is known of how fast a queue goes. */
export type QueuePace = {
  /** Seconds that it has gone, without pauses. */
  readonly seconds: number;
  /** Bytes of the files that were done in them. */
  readonly doneBytes: number;
  /** Bytes of those that are still to be done. */
  readonly leftBytes: number;
};

/**
 * How long a queue will still take: as its files have taken by their bytes, which is all that is known of one before it is opened.
 *
 * @param pace What is known.
 * @returns Seconds; null before anything was done, and where nothing is left.
 */
export function queueSecondsLeft({ seconds, doneBytes, leftBytes }: QueuePace): number | null {
  if (doneBytes === 0 || seconds <= 0 || leftBytes === 0) return null;
  return (seconds / doneBytes) * leftBytes;
}
