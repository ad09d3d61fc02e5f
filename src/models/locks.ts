/** Runs one piece of work at a time per name: the part of the Web Locks API that is used. */
export interface Locks {
  /** Waits for the name, unless the signal aborts first, and holds it until `work` settles. */
  request<T>(name: string, options: { signal?: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

const queues = new Map<string, Promise<unknown>>();

/** Locks within this thread, for browsers that have or allow no others. */
export const threadLocks: Locks = {
  async request<T>(
    name: string,
    { signal }: { signal?: AbortSignal },
    work: () => Promise<T>,
  ): Promise<T> {
    const before = queues.get(name) ?? Promise.resolve();
    const turn = before.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    const settled = turn.catch(() => undefined);
    queues.set(name, settled);
    void settled.then(() => {
      if (queues.get(name) === settled) queues.delete(name);
    });
    return untilAborted(turn, signal);
  },
};

/**
 * The browser's locks, shared by all tabs, or {@link threadLocks} where there are none or where they
 * are refused (a frame without storage access).
 *
 * @returns Locks that only reject for the signal or because the work did.
 */
export function createBrowserLocks(): Locks {
  const shared = 'locks' in navigator ? navigator.locks : undefined;
  if (!shared) return threadLocks;
  return {
    async request<T>(
      name: string,
      options: { signal?: AbortSignal },
      work: () => Promise<T>,
    ): Promise<T> {
      let started = false;
      try {
        return await shared.request(name, options, () => {
          started = true;
          return work();
        });
      } catch (error) {
        if (started || options.signal?.aborted) throw error;
        return threadLocks.request(name, options, work);
      }
    },
  };
}

/**
 * A promise's outcome, or the signal's reason where that comes first; the work itself goes on.
 *
 * @param work Awaited; its later failure is not reported again.
 * @param signal Stops the waiting.
 * @returns What `work` gives.
 * @throws {unknown} What `work` throws, or the signal's reason (a DOMException `AbortError`).
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
