/** What a loop obeys: an AbortSignal, or anything that throws once work should stop. */
export type StopSignal = { throwIfAborted(): void };

/** An AbortSignal, as far as it is used where there is no DOM. */
export interface AbortSignalLike extends StopSignal {
  readonly aborted: boolean;
  /** Why it was aborted; a DOMException `AbortError` unless another reason was given. */
  readonly reason: Error;
  addEventListener(type: 'abort', listener: () => void, options?: { once: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * A promise's outcome, or the signal's reason where that comes first; the work itself goes on.
 *
 * @param work Awaited; its later failure is not reported again.
 * @param signal Stops the waiting.
 * @returns What `work` gives.
 * @throws {unknown} What `work` throws, or the signal's reason.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
