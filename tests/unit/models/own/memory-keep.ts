import type { Keep } from '../../../../src/models/keep';

/**
 * Storage in memory.
 *
 * @param hasRoom Whether a value is kept: false as in a full storage.
 */
export function createMemoryKeep(
  hasRoom: (items: ReadonlyMap<string, unknown>, value: unknown) => boolean = () => true,
) {
  const items = new Map<string, unknown>();
  const keep: Keep = {
    get: async (key) => items.get(key),
    set: async (key, value) => {
      if (!hasRoom(items, value)) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    delete: async (key) => void items.delete(key),
    keys: async () => [...items.keys()],
  };
  return { items, keep };
}
