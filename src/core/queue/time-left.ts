/** What is known of how fast files of one kind go. */
export type QueuePace = {
  /** Seconds that they have taken, without pauses. */
  readonly seconds: number;
  /** Bytes of the files that were done in them. */
  readonly doneBytes: number;
};

/** What is still to be done of files of one kind. */
export type QueueRest = {
  readonly pace: QueuePace;
  /** Bytes of those that are still to be done, but for what is told of by itself. */
  readonly leftBytes: number;
  /** Seconds that what is being done still takes, where that is known by itself; 0 by default. */
  readonly ownSeconds?: number;
};

/**
 * How long a queue will still take: files of each kind as others of it have taken by their bytes, which is all that is known of one before
 * it is opened.
 *
 * @param rests What is known of each kind.
 * @returns Seconds; null before anything was done of a kind that something is left of, and where nothing is left.
 */
export function queueSecondsLeft(rests: readonly QueueRest[]): number | null {
  let sum = 0;
  for (const { pace, leftBytes, ownSeconds = 0 } of rests) {
    sum += ownSeconds;
    if (leftBytes === 0) continue;
    if (pace.doneBytes === 0 || pace.seconds <= 0) return null;
    sum += (pace.seconds / pace.doneBytes) * leftBytes;
  }
  return sum > 0 ? sum : null;
}
