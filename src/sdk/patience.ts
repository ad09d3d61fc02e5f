/**
 * Patience for a turn that ends what it has begun by itself: giving up is for who waits alone.
 *
 * @param given Gives up; it may be left out.
 * @returns A signal for the waiting, which is aborted with the same reason, and no more once the turn has begun.
 */
export function untilBegun(given: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly begin: () => void;
} {
  const waiting = new AbortController();
  const giveUp = () => waiting.abort(given?.reason);
  if (given?.aborted) giveUp();
  given?.addEventListener('abort', giveUp);
  return {
    signal: waiting.signal,
    begin: () => given?.removeEventListener('abort', giveUp),
  };
}
