import { mendedCache } from './mended';

/** A file that was mended. */
export type Mended = {
  /** Absolute address. */
  readonly url: string;
  readonly when: Date;
};

/**
 * What was mended.
 *
 * @returns Each file once, with the last time; none where nothing is stored.
 */
export async function listMended(): Promise<Mended[]> {
  try {
    if (!(await caches.has(mendedCache))) return [];
    const cache = await caches.open(mendedCache);
    const notes = (await cache.keys()).map(async ({ url }) => {
      const note = await cache.match(url);
      return { url, when: new Date((await note?.text()) ?? 0) };
    });
    return await Promise.all(notes);
  } catch {
    return [];
  }
}

/**
 * Forgets notes.
 *
 * @param isOld Which, by address; all by default.
 */
export async function forgetMended(isOld: (url: string) => boolean = () => true): Promise<void> {
  try {
    if (!(await caches.has(mendedCache))) return;
    const cache = await caches.open(mendedCache);
    const old = (await cache.keys()).filter(({ url }) => isOld(url));
    await Promise.all(old.map((request) => cache.delete(request)));
  } catch {
    // Nothing is stored.
  }
}
