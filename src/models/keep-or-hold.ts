import type { Keep } from './keep';

/**
 * A keep that holds in memory what the browser lets nobody keep, as in other sites' frames where a person allows these no storage. A storage that is full is
 * not such a case.
 *
 * @param keep Where things are kept where that is allowed.
 * @returns The same, and for as long as it lives what was refused there.
 */
export function keepOrHold(keep: Keep): Keep {
  const held = new Map<string, unknown>();
  return {
    get: async (key) => (held.has(key) ? held.get(key) : keep.get(key)),
    set: async (key, value) => {
      try {
        await keep.set(key, value);
        held.delete(key);
      } catch (error) {
        if (error instanceof DOMException && error.name === 'QuotaExceededError') throw error;
        held.set(key, value);
      }
    },
    delete: async (key) => {
      if (!held.delete(key)) await keep.delete(key);
    },
    keys: async () => [...held.keys(), ...(await keep.keys().catch((): string[] => []))],
  };
}
