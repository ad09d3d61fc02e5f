import { registerRoute } from 'workbox-routing';
import { expireShares, shareMs } from './share-box';
import { receiveShare } from './share-target';

/**
 * Lets the service worker answer what the system's share sheet posts, and what any site may post in its
 * name: a share is kept for the page to show, and nothing else is done with it.
 *
 * @param home Absolute address of the page.
 */
export function listenForShares(home: string): void {
  const expire = (): void => void expireShares(Date.now()).catch(() => undefined);
  expire();
  registerRoute(
    ({ url }) => url.href === `${home}share`,
    async ({ request }) => {
      const response = await receiveShare(request, home);
      // Where the service worker lives that long; else at its next start.
      setTimeout(expire, shareMs);
      return response;
    },
    'POST',
  );
}
