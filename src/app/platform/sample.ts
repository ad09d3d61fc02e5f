import { exchange } from '../../integrity/exchange';
import { fetchWithin } from '../../integrity/fetch-within';
import { browserClock } from '../../integrity/stall';

/** Name of the picture that comes with the page. */
export const sampleName = 'sample.jpg';

/** Name of a part of it as this app enlarges it: see `scripts/make-proof.mjs`. */
export const enlargedName = 'sample-enlarged.webp';

/** More than any sample has. */
const mostBytes = 5_000_000;

/**
 * Fetches the picture that comes with the page.
 *
 * @param base Path of the page's folder, ending in a slash.
 * @returns The file; null where it does not arrive.
 */
export async function fetchSample(base: string): Promise<File | null> {
  const home = new URL(base, location.href).href;
  const network = {
    fetch: (url: string, init: RequestInit) => fetchWithin(home, url, init),
    clock: browserClock,
  };
  const url = new URL(sampleName, home).href;
  return exchange(network, url, {}, async ({ ok }, chunks) => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      parts.push(chunk);
      if (bytes > mostBytes) return null;
    }
    return ok ? new File(parts, sampleName, { type: 'image/jpeg' }) : null;
  }).catch(() => null);
}
