import type { Keep } from './keep';

/**
 * A part of a keep that sees nothing of the rest of it, and of which nothing else is seen under the keys of old.
 *
 * @param keep All of it.
 * @param name The part's name, without blanks: no key of another part, or of the whole, begins with it.
 * @returns The part.
 */
export function keepApart(keep: Keep, name: string): Keep {
  const prefix = `apart ${name} `;
  return {
    get: (key) => keep.get(prefix + key),
    set: (key, value) => keep.set(prefix + key, value),
    delete: (key) => keep.delete(prefix + key),
    keys: async () =>
      (await keep.keys()).flatMap((key) =>
        key.startsWith(prefix) ? key.slice(prefix.length) : [],
      ),
  };
}
