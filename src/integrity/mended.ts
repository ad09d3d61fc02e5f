/**
 * Files of the build that once arrived other than they were built, or were found so in the cache, and were
 * fetched anew: noted in a cache of their own, which page, workers and service worker share, so that a
 * person can read it in the list of what is kept.
 */
export const mendedCache = 'enlarger-mended';

/**
 * Notes that a file was mended. Where nothing can be stored, nothing is noted.
 *
 * @param url Absolute address.
 */
export async function noteMended(url: string): Promise<void> {
  try {
    const cache = await caches.open(mendedCache);
    await cache.put(url, new Response(new Date().toISOString()));
  } catch {
    // The file is right now: that is what counts.
  }
}
