import { EnhanceError } from '../core/errors';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Fetches from one origin and from no other, whatever policy the page, the worker or the host has: the
 * address must lie there, and the answer may not lead elsewhere. Of files, which have no origin, the folder of `home`
 * takes its place: under Node the package lies on a disk. The only way of this code to the network;
 * lint refuses `fetch` itself.
 *
 * @param home An absolute address of the origin that is meant: the running script's own, or the
 *   catalogue's.
 * @param address What to fetch, absolute or relative to `home`.
 * @param init As for `fetch`; `redirect` is always `error`.
 * @param fetch How to reach the network.
 * @returns The response, of any status.
 * @throws {EnhanceError} `other-origin`, before anything is asked, where the address is not an http(s)
 *   address of that origin, or a file in that folder or below; after it, where the answer came from elsewhere.
 * @throws {TypeError} Where the server cannot be reached, or answers with a redirect.
 * @throws {DOMException} The reason of `init.signal`, where it was aborted.
 */
export async function fetchWithin(
  home: string,
  address: string,
  init: RequestInit = {},
  fetch: Fetch = (url, options) => globalThis.fetch(url, options),
): Promise<Response> {
  const base = new URL(home);
  const { href } = checkWithin(base, new URL(address, home));
  const response = await fetch(href, { ...init, redirect: 'error' });
  // A response that was made by hand has no address.
  if (response.url !== '') checkWithin(base, new URL(response.url));
  return response;
}

function checkWithin(home: URL, url: URL): URL {
  const { origin, protocol } = home;
  if (protocol === 'file:') {
    const folder = new URL('./', home).href;
    if (url.href.startsWith(folder)) return url;
    throw new EnhanceError('other-origin', { url: url.href, origin: folder });
  }
  // The origin of a blob's address is that of its maker, and it may be anything.
  if (url.origin === origin && /^https?:$/.test(url.protocol)) return url;
  throw new EnhanceError('other-origin', { url: url.href, origin });
}
