/**
 * The service worker: the shell is precached, the engine (its scripts and wasm) is kept from its
 * first use on, and `/models/` is left to the app's own store, which checks every byte. A photo that
 * another app shares waits for the page.
 *
 * Responses are kept with their headers, so a page from the cache is cross-origin isolated exactly
 * when the host's own is.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';

import { bySelf, engineCache } from './platform/engine-files';
import { listenForShares } from './platform/share-route';

declare const self: ServiceWorkerGlobalScope;

const entries = self.__WB_MANIFEST.map((entry): PrecacheEntry =>
  typeof entry === 'string' ? { url: entry } : entry,
);
const isEngine = (url: string) => url.includes('assets/engine/') || url.endsWith('.wasm');
const engineUrls = new Set(
  entries.map(({ url }) => new URL(url, self.location.href).href).filter(isEngine),
);

cleanupOutdatedCaches();
precacheAndRoute(entries.filter(({ url }) => !isEngine(url)));

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    denylist: [/\/models\//, /\/[^/]+\.\w+$/],
  }),
);

registerRoute(
  ({ url, request, sameOrigin }) =>
    sameOrigin && engineUrls.has(url.href) && request.cache !== bySelf,
  new CacheFirst({ cacheName: engineCache, matchOptions: { ignoreVary: true } }),
);

listenForShares(new URL('./', self.location.href).href);

/**
 * A built file's address without its content hash (Vite: a dash and eight characters).
 *
 * @param url Absolute address.
 * @returns What stays the same from build to build.
 */
const stem = (url: string) => url.replace(/-[\w-]{8}(\.\w+)$/, '$1');

/**
 * Fetches the new build of every engine file that the old build had in use, so that an update never
 * costs the person the offline use they already had. A failure fails the installation: the old
 * version stays, whole, and the browser tries again later.
 */
async function carryOver(): Promise<void> {
  const cache = await caches.open(engineCache);
  const kept = (await cache.keys()).map(({ url }) => url);
  const stems = new Set(kept.map(stem));
  await cache.addAll([...engineUrls].filter((url) => stems.has(stem(url)) && !kept.includes(url)));
}

/** Deletes kept engine files that are not of this build. */
async function expire(): Promise<void> {
  const cache = await caches.open(engineCache);
  const old = (await cache.keys()).filter(({ url }) => !engineUrls.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

self.addEventListener('install', (event) => event.waitUntil(carryOver()));

// Claiming lets the very first visit keep the engine too; an update gets here only when asked to.
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([expire(), self.clients.claim()])),
);

self.addEventListener('message', (event) => {
  const data: unknown = event.data;
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING')
    void self.skipWaiting();
});
