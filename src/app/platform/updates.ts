import { registerSW } from 'virtual:pwa-register';

/**
 * Registers the service worker and watches for a newer version of the page.
 *
 * @param onReady Called when a new version has been downloaded and waits.
 * @returns Switches to the new version and reloads the page.
 */
export function watchUpdates(onReady: () => void): () => Promise<void> {
  const apply = registerSW({ onNeedRefresh: onReady });
  return () => apply(true);
}
