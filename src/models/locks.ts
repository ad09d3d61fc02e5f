import { Turns } from '../core/turns';

/** Runs one piece of work at a time per name: the part of the Web Locks API that is used. */
export interface Locks {
  /** Waits for the name, unless the signal aborts first, and holds it until `work` settles. */
  request<T>(name: string, options: { signal?: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

const queues = new Map<string, Turns>();

/** Locks within this thread, for browsers that have or allow no others. */
export const threadLocks: Locks = {
  async request<T>(
    name: string,
    { signal }: { signal?: AbortSignal },
    work: () => Promise<T>,
  ): Promise<T> {
    const turns = queues.get(name) ?? new Turns();
    queues.set(name, turns);
    return turns.take(signal, work);
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
